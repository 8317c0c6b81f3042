import type { Database, PoolClient } from '#persistence';
import { answerSchema, COUNT } from '#web';
import { COUNT_DEAD_LETTERS, COUNT_REQUESTS } from './count-requests.sql.ts';

/**
 * The requests of a force by state. `received` counts the stored requests; the other numbers count their
 * current states.
 */
export interface RequestCounts {
  readonly received: number;
  /** The states are those that the force reads, with `accepted`. Their sum is `received`. */
  readonly byState: Readonly<Record<string, number>>;
  readonly refused: number;
  /** The events of units about this force's requests that intake could not process. */
  readonly deadLettered: number;
}

export const COUNTS_SCHEMA = answerSchema<RequestCounts>({
  received: COUNT,
  byState: {
    type: 'object',
    description: 'The number of requests by state; their sum is `received`',
    additionalProperties: COUNT,
  },
  refused: COUNT,
  deadLettered: {
    ...COUNT,
    description: "Events of units about this force's requests that intake could not process",
  },
});

interface StateCount {
  readonly what: 'received' | 'state' | 'refused' | 'deadLettered';
  readonly state: string | null;
  readonly n: number;
}

/**
 * Counts the requests of one force in one snapshot. It reads all rows of the force, so it is for reconciling
 * and not for a dashboard.
 */
export async function countRequests(client: PoolClient, force: string): Promise<RequestCounts> {
  const { rows } = await client.query<StateCount>({
    name: 'count-requests',
    text: COUNT_REQUESTS,
    values: [force],
  });
  const counted = (of: StateCount['what']): number => rows.find(({ what }) => what === of)?.n ?? 0;
  return {
    received: counted('received'),
    byState: Object.fromEntries(
      rows.flatMap(({ what, state, n }) => (what === 'state' && state !== null ? [[state, n] as const] : [])),
    ),
    refused: counted('refused'),
    deadLettered: counted('deadLettered'),
  };
}

/**
 * Counts the messages of these owners that could not be processed. Intake has no staff to read them, so the
 * number goes to the log.
 */
export function countDeadLetters(database: Database, owners: readonly string[]): Promise<number> {
  return database.transaction(owners, async (client) => {
    const { rows } = await client.query<{ n: number }>(COUNT_DEAD_LETTERS);
    return rows[0]?.n ?? 0;
  });
}
