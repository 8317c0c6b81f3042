import type { Database, PoolClient } from '#persistence';
import { answerSchema, COUNT } from '#web';
import { COUNT_DEAD_LETTERS, COUNT_REQUESTS } from './count-requests.sql.ts';

/** What a force sent and where it is: `received` is counted from what was stored, the states from what moves. */
export interface RequestCounts {
  readonly received: number;
  /** By the state the force reads, `accepted` included; their sum is `received`. */
  readonly byState: Readonly<Record<string, number>>;
  readonly refused: number;
  /** What a unit said of this force's requests and intake could not take. */
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

interface Counted {
  readonly what: 'received' | 'state' | 'refused' | 'deadLettered';
  readonly state: string | null;
  readonly n: number;
}

/** In one snapshot, for one force. It walks the force's rows, so it is for reconciling and not for a dashboard. */
export async function countRequests(client: PoolClient, force: string): Promise<RequestCounts> {
  const { rows } = await client.query<Counted>({
    name: 'count-requests',
    text: COUNT_REQUESTS,
    values: [force],
  });
  const counted = (of: Counted['what']): number => rows.find(({ what }) => what === of)?.n ?? 0;
  return {
    received: counted('received'),
    byState: Object.fromEntries(
      rows.flatMap(({ what, state, n }) => (what === 'state' && state !== null ? [[state, n] as const] : [])),
    ),
    refused: counted('refused'),
    deadLettered: counted('deadLettered'),
  };
}

/** Everything that was kept because it could not be taken, of these owners: intake has no staff to read it, so the log tells. */
export function countDeadLetters(database: Database, owners: readonly string[]): Promise<number> {
  return database.transaction(owners, async (client) => {
    const { rows } = await client.query<{ n: number }>(COUNT_DEAD_LETTERS);
    return rows[0]?.n ?? 0;
  });
}
