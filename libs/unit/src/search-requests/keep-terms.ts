import type { PoolClient } from '#persistence';
import type { ChangeDetail } from '../request-changed.ts';
import type { TaskRow } from '../task-row.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { changedTerms, requestTerms } from './request-terms.ts';
import { ADD_TERMS, STORE_TERMS } from './search-term.sql.ts';
import type { SearchTerm } from './searched-fields.ts';

interface FoundBy {
  readonly force: string;
  readonly id: string;
  readonly terms: readonly SearchTerm[];
}

/** Stores the terms of new requests, in the transaction of their arrival. */
export async function storeTerms(
  client: PoolClient,
  unit: UnitRuntime,
  arrived: readonly ArrivedRequest[],
): Promise<void> {
  const rows = arrived.map(({ owningForce: force, id, version, ...request }) => ({
    force,
    id,
    terms: requestTerms(unit, { ...request, typeVersion: version }),
  }));
  await client.query({ name: 'store-terms', text: STORE_TERMS, values: [parameterOf(rows)] });
}

/** Adds the terms of corrections and answers, in their transaction. */
export async function addTerms(
  client: PoolClient,
  unit: UnitRuntime,
  changes: readonly {
    readonly task: Pick<TaskRow, 'force' | 'id' | 'type' | 'typeVersion'>;
    readonly detail: Pick<ChangeDetail, 'payload' | 'answer'>;
  }[],
): Promise<void> {
  const rows = changes.map(({ task: { force, id, type, typeVersion }, detail: { payload, answer } }) => ({
    force,
    id,
    terms: changedTerms(unit, { type, typeVersion, payload, answer }),
  }));
  await insertTerms(
    client,
    rows.filter(({ terms }) => terms.length > 0),
  );
}

/** Inserts terms of requests that may have them already; a known term changes nothing. */
export async function insertTerms(client: PoolClient, rows: readonly FoundBy[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({ name: 'add-terms', text: ADD_TERMS, values: [parameterOf(rows)] });
}

/** The one parameter of the statements: each request with its different terms. */
function parameterOf(rows: readonly FoundBy[]): string {
  return JSON.stringify(
    rows.map(({ force, id, terms }) => ({ force, id, terms: [...new Set(terms.map(({ term }) => term))] })),
  );
}
