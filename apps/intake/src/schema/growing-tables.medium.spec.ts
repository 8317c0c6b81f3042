import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Envelope, RequestChanged } from '#contracts';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { createServiceDatabase, type ServiceDatabase } from '#testing';
import { agreementOf } from '../intake.fixture.ts';
import { learnAgreements } from '../registers/know-agreements/agreement.store.ts';
import { projectChanges } from '../answers/project-events/projection.store.ts';
import { storeIn, type StoreOutcome } from '../take-in/submission.store.ts';
import type { StorableSubmission } from '../take-in/submission.ts';
import { INTAKE_MIGRATIONS } from './intake.migrations.ts';

const FORCE = 'north';
const BATCH = 50;
/**
 * About 2,000 rows. Without the first statistics each batch reads all of them, and 40 entries per item
 * instead of one.
 */
const BATCHES = 40;

const TABLES = ['request', 'receipt', 'progress'];

/**
 * Runs the statements of both directions through intake as intake runs them: on one connection that lives
 * while the tables grow, with statistics from before the growth. The number of entries that one batch reads
 * must not depend on the number of the force's rows. Autovacuum is off for these tables, because it would
 * hide the effect at a random time.
 */
describe('tables that grow', () => {
  let service: ServiceDatabase;
  let database: Database;
  let owner: Database;
  beforeEach(async () => {
    service = await createServiceDatabase({ service: 'intake', migrations: INTAKE_MIGRATIONS });
    database = await Database.open({ url: service.appUrl, applicationName: 'test', poolMax: 1 });
    owner = await Database.open({ url: service.ownerUrl, applicationName: 'test-owner', poolMax: 1 });
    await database.transaction([], (client) => learnAgreements(client, [agreementOf([FORCE])]));
  });
  afterEach(async () => {
    await owner.close();
    await database.close();
    await service.drop();
  });

  const store = (items: readonly StorableSubmission[]): Promise<StoreOutcome[]> =>
    database.transaction([FORCE], (client) => storeIn(client, items));
  const project = (items: readonly StorableSubmission[]): Promise<number[]> =>
    database.transaction([FORCE], (client) => projectChanges(client, FORCE, items.map(queued)));

  /** The index entries, and the rows of whole tables, that were read so far, by table. */
  const readSoFar = async (): Promise<Record<string, number>> => {
    // A connection keeps its counters for up to a minute unless it is asked for them.
    await database.transaction([], (client) => client.query('select pg_stat_force_next_flush()'));
    const rows = await owner.transaction([], async (client) => {
      const figures = await client.query<{ name: string; read: number }>(
        `select relname as name, (seq_tup_read + (
           select sum(idx_tup_read) from pg_stat_user_indexes where pg_stat_user_indexes.relid = t.relid))::int as read
         from pg_stat_user_tables t where relname = any ($1)`,
        [TABLES],
      );
      return figures.rows;
    });
    return Object.fromEntries(rows.map(({ name, read }) => [name, read]));
  };

  it.each([
    ['never analysed', []],
    ['analysed while they were empty', ['analyze request, receipt, progress']],
  ])('are read one row per lookup, however many rows the force has, when %s', async (_, atFirst) => {
    const statements = [
      ...TABLES.map((table) => `alter table ${table} set (autovacuum_enabled = off)`),
      ...atFirst,
    ];
    await owner.transaction([], (client) => client.query(statements.join('; ')));
    let last: StorableSubmission[] = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      last = Array.from({ length: BATCH }, submission);
      expect(new Set((await store(last)).map(({ outcome }) => outcome))).toEqual(new Set(['created']));
      expect(await project(last)).toEqual([]);
    }
    const before = await readSoFar();
    // A repeat is looked up by its key and its reference; an event by its request, and that by its progress.
    expect(new Set((await store(last)).map(({ outcome }) => outcome))).toEqual(new Set(['replay']));
    expect(await project(last)).toEqual([]);
    const after = await readSoFar();
    const perItem = Object.fromEntries(
      Object.entries(after).map(([table, read]) => [table, (read - (before[table] ?? 0)) / BATCH]),
    );
    // Each is found once, but a request twice: by its reference and by its id. The progress has an older
    // version of its row.
    expect(perItem['receipt']).toBe(1);
    expect(perItem['request']).toBe(2);
    expect(perItem['progress']).toBeGreaterThanOrEqual(1);
    expect(perItem['progress']).toBeLessThanOrEqual(3);
  });
});

function submission(): StorableSubmission {
  const id = newId();
  const type = { name: 'vehicle-repair', version: 1, title: 'Repair', unit: 'fleet', lawEnforcement: false };
  const checked = {
    type,
    reference: `R-${id}`,
    payload: {},
    origin: null,
    contentHash: id,
  } as unknown as StorableSubmission['checked'];
  return {
    id,
    force: FORCE,
    channel: 'rest',
    key: id,
    submittedBy: `force-${FORCE}`,
    traceparent: null,
    checked,
  };
}

function queued({ id, checked }: StorableSubmission): Envelope<RequestChanged> {
  const at = new Date().toISOString();
  const value: RequestChanged = {
    requestId: id,
    forceReference: checked.reference,
    unit: 'fleet',
    type: 'vehicle-repair',
    unitReference: 'FLT-26-000123',
    state: 'queued',
    sequence: 1,
    at,
    clocks: [],
  };
  return {
    id: newId(),
    source: '/unit/fleet',
    type: 'concordat.request-queued.v1',
    time: at,
    subject: id,
    owningForce: FORCE,
    value,
  };
}
