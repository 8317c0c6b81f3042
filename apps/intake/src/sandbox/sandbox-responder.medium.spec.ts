import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { forceEventsTopic } from '#contracts';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { createServiceDatabase, eventually, type ServiceDatabase } from '#testing';
import { loadUnitDefinitions } from '#unit';
import { repair } from '../intake.fixture.ts';
import { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { INTAKE_MIGRATIONS } from '../schema/intake.migrations.ts';
import { checkSubmission } from '../take-in/submission.ts';
import { storeIn } from '../take-in/submission.store.ts';
import { SandboxResponder } from './sandbox-responder.ts';

const FORCE = { slug: 'testshire', name: 'Testshire', code: '00', sandbox: true };
const HOUR_MS = 3_600_000;
const WITHIN = { withinMs: 60_000 };
const definitions = await loadUnitDefinitions(['fleet']);
const types = new RequestTypeDirectory(definitions, []);

describe('the responder of a sandbox', () => {
  let service: ServiceDatabase;
  let database: Database;
  const responders: SandboxResponder[] = [];
  beforeEach(async () => {
    service = await createServiceDatabase({ service: 'intake', migrations: INTAKE_MIGRATIONS });
    database = await Database.open({ url: service.appUrl, applicationName: 'test', poolMax: 8 });
  });
  afterEach(async () => {
    await Promise.all(responders.splice(0).map((responder) => responder.stop()));
    await database.close();
    await service.drop();
  });

  const start = (stepMs: number): SandboxResponder => {
    const responder = new SandboxResponder(database, definitions, {
      force: FORCE.slug,
      stepMs,
      onSteps: () => undefined,
    });
    responders.push(responder);
    responder.start();
    return responder;
  };
  const rows = <Row>(text: string): Promise<Row[]> =>
    database.transaction([FORCE.slug], async (client) => (await client.query(text)).rows as Row[]);
  const store = async (name: string, count = 1): Promise<void> => {
    const items = Array.from({ length: count }, () => {
      const checked = checkSubmission(types, FORCE, 'rest', repair({ reference: `${name}-${newId()}` }));
      return {
        id: newId(),
        force: FORCE.slug,
        channel: 'rest' as const,
        key: newId(),
        submittedBy: 'test',
        traceparent: null,
        checked,
      };
    });
    const stored = await database.transaction([FORCE.slug], (client) => storeIn(client, items));
    expect(stored.map(({ outcome }) => outcome)).toEqual(items.map(() => 'created'));
  };
  const states = async (): Promise<string[]> =>
    (await rows<{ state: string }>('select distinct state from progress')).map(({ state }) => state);
  const until = (state: string): Promise<unknown> =>
    eventually(async () => (await states()).join() === state, { ...WITHIN, says: `every request ${state}` });

  it('waits before a step, and another replica plays it when it is due', async () => {
    await store('hold');
    const first = start(HOUR_MS);
    await until('queued');
    await first.stop();
    const [left] = await rows<{ hours: number }>(
      'select extract(epoch from step_at - now())::float8 / 3600 as hours from rehearsal',
    );
    expect(left?.hours).toBeGreaterThan(0.9);
    expect(left?.hours).toBeLessThanOrEqual(1);
    await rows('update rehearsal set step_at = now(), due_at = now()');
    start(0);
    await until('answered');
    const types = await rows<{ type: string }>('select type from event order by position');
    expect(types.map(({ type }) => type.replace(/^concordat\.|\.v1$/g, ''))).toEqual([
      'request-submitted',
      'request-queued',
      'request-claimed',
      'request-held',
      'request-resumed',
      'request-answered',
    ]);
  });

  it('plays each step once, however many replicas run', async () => {
    await store('release', 150);
    for (let replica = 0; replica < 3; replica += 1) start(0);
    await until('answered');
    const events = await rows<{ type: string; times: number }>(
      'select type, count(*)::int as times from event group by type order by type',
    );
    expect(events).toEqual([
      { type: 'concordat.request-answered.v1', times: 150 },
      { type: 'concordat.request-claimed.v1', times: 300 },
      { type: 'concordat.request-queued.v1', times: 150 },
      { type: 'concordat.request-released.v1', times: 150 },
      { type: 'concordat.request-submitted.v1', times: 150 },
    ]);
    const topics = await rows(
      "select distinct topic, key = request_id::text as keyed from event where type <> 'concordat.request-submitted.v1'",
    );
    expect(topics).toEqual([{ topic: forceEventsTopic(FORCE.slug), keyed: true }]);
  });

  it('leaves a request whose type is no longer declared, and plays the others', async () => {
    await store('answer', 2);
    const owner = await Database.open({ url: service.superUrl, applicationName: 'test-retypes', poolMax: 1 });
    await owner.transaction([], async (client) => {
      await client.query('set local session_replication_role = replica');
      await client.query(
        `update request set type = 'horse-repair' where id = (select min(id::text)::uuid from request)`,
      );
    });
    await owner.close();
    start(0);
    await eventually(async () => (await states()).sort().join() === 'accepted,answered', WITHIN);
    expect(await rows('select from rehearsal where due_at is not null')).toEqual([]);
  });
});
