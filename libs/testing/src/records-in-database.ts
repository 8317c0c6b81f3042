import { Refusal } from '#contracts';
import { newId } from '#kernel';
import { Database } from '#persistence';
import type { State } from '#requests';
import {
  newestTypes,
  unitMigrations,
  UnitRecords,
  type AnswerCaution,
  type ArrivedRequest,
  type UnitDefinition,
} from '#unit';
import { createServiceDatabase, type ServiceDatabase } from './service-database.ts';

/**
 * Counts the rows that this connection has written and that are not in the statistics yet: those of this
 * transaction, and perhaps others.
 */
const WRITTEN =
  'select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::int as rows from pg_stat_xact_user_tables';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A unit's domain records on a new database. The test calls them like the unit library: one transaction for
 * each change, as the force.
 */
export class RecordsInDatabase {
  private constructor(
    private readonly unit: UnitDefinition,
    readonly records: UnitRecords,
    private readonly service: ServiceDatabase,
    readonly database: Database,
  ) {}

  static async open(unit: UnitDefinition, connections = 10): Promise<RecordsInDatabase> {
    const service = await createServiceDatabase({ service: unit.slug, migrations: unitMigrations(unit) });
    const database = await Database.open({
      url: service.appUrl,
      applicationName: 'test',
      poolMax: connections,
    });
    return new RecordsInDatabase(unit, new UnitRecords(unit.requestTypes), service, database);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.service.drop();
  }

  /**
   * Makes a request from a type's first example with the changes; a field set to `undefined` is left out.
   */
  request(force: string, type: string, change: Fields = {}): ArrivedRequest {
    const declared = newestTypes(this.unit.requestTypes).find(({ name }) => name === type);
    const example = declared?.examples[0];
    if (!example) throw new Error(`${this.unit.slug} has no type ${type}`);
    const id = newId();
    return {
      id,
      owningForce: force,
      type,
      version: declared.version,
      unitReference: `${this.unit.referencePrefix}-26-${id.slice(-6)}`,
      forceReference: `REF-${id}`,
      payload: without({ ...example.payload, ...change }),
      receivedAt: new Date().toISOString(),
    };
  }

  /** Lets requests arrive together in one batch. */
  async arrive(...requests: readonly ArrivedRequest[]): Promise<void> {
    const forces = [...new Set(requests.map(({ owningForce }) => owningForce))];
    await this.database.transaction(forces, async (client) => this.records.onArrival(client, requests));
  }

  /**
   * Answers with the type's first example and the changes, if the records find no fault in it; `after` runs
   * in the same transaction, and may break it.
   */
  answer(request: ArrivedRequest, change: Fields = {}, after?: () => void): Promise<Record<string, unknown>> {
    const example = this.unit.requestTypes.find(
      ({ name, version }) => name === request.type && version === request.version,
    )?.examples[0];
    return this.database.transaction([request.owningForce], async (client) => {
      const answered = [{ request, answer: without({ ...example?.answer, ...change }) }];
      const before = await client.query<{ rows: number }>(WRITTEN);
      const faults = await this.records.answerFaults(client, answered);
      const judged = await client.query<{ rows: number }>(WRITTEN);
      if (judged.rows[0]?.rows !== before.rows[0]?.rows)
        throw new Error(`${this.unit.slug} writes while it judges an answer`);
      const errors = faults[0] ?? [];
      if (errors.length > 0) throw new Refusal('invalid-payload', 'The answer does not fit.', { errors });
      const added = await this.records.onAnswer(client, answered);
      after?.();
      return added[0] ?? {};
    });
  }

  read(request: ArrivedRequest, asForce = request.owningForce): Promise<Record<string, unknown> | null> {
    return this.database.transaction([asForce], (client) => this.records.read(client, request));
  }

  /** Returns the numbers that the records expect in the answer. */
  cautions(request: ArrivedRequest): Promise<readonly AnswerCaution[]> {
    return this.database.transaction([request.owningForce], (client) =>
      this.records.cautions(client, request),
    );
  }

  /** Writes the requests and their tasks in this state, for records that read them. */
  async store(stored: {
    readonly state: State;
    readonly requests: readonly ArrivedRequest[];
  }): Promise<void> {
    for (const request of stored.requests) {
      const { owningForce, id, type, version, forceReference, unitReference, payload, receivedAt } = request;
      await this.database.transaction([owningForce], async (client) => {
        await client.query(
          `insert into request (owning_force, id, type, version, force_reference, unit_reference, payload,
             content_hash, received_at, channel, submitted_by, agreement_id)
           values ($1, $2, $3, $4, $5, $6, $7, 'hash', $8, 'rest', 'force', 'agreement')`,
          [
            owningForce,
            id,
            type,
            version,
            forceReference,
            unitReference,
            JSON.stringify(payload),
            receivedAt,
          ],
        );
        await client.query(
          `insert into task (owning_force, id, type, state, assignee, due_at, risk, clocks)
           values ($1, $2, $3, $4, case when $4 <> 'queued' then 'somebody' end, 'infinity', 0, '[]')`,
          [owningForce, id, type, stored.state],
        );
      });
    }
  }

  /** Returns the ids and summaries of the other requests that the records relate to this one. */
  related(
    request: ArrivedRequest,
    asForce = request.owningForce,
  ): Promise<readonly { readonly requestId: string; readonly summary: string }[]> {
    return this.database.transaction([asForce], (client) => this.records.related(client, request));
  }

  /** Returns the rows that a force sees. */
  rows(force: string, sql: string): Promise<Record<string, unknown>[]> {
    return this.database.transaction(
      [force],
      async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
    );
  }
}

function without(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
