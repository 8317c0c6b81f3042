import { STATES, type State } from '#requests';
import type { Schema } from '#contracts';
import { COUNT, type StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { COUNT_REQUESTS } from './count-requests.sql.ts';

/** Counts of one force; `arrived` is the sum of the states. */
export type ForceCounts = Readonly<Record<State, number>> & {
  readonly arrived: number;
  readonly deadLettered: number;
};

const COUNTED = ['arrived', 'deadLettered', ...STATES] as const satisfies readonly (keyof ForceCounts)[];

export const COUNTS_SCHEMA: Schema = {
  type: 'object',
  properties: Object.fromEntries(COUNTED.map((what) => [what, COUNT])),
  required: COUNTED,
};

/**
 * Counts for reconciliation, by force. Different triggers count `arrived` from requests and the states from
 * tasks, so that a difference shows a fault.
 */
export async function countRequests(
  unit: UnitRuntime,
  caller: StaffCaller,
): Promise<Readonly<Record<string, ForceCounts>>> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const { rows } = await client.query<{
      force: string;
      what: State | 'arrived' | 'deadLettered';
      n: number;
    }>({
      name: 'count-requests',
      text: COUNT_REQUESTS,
      values: [forces],
    });
    const none = Object.fromEntries(COUNTED.map((what) => [what, 0])) as unknown as ForceCounts;
    return Object.fromEntries(
      forces.map((force) => {
        const counted = rows.filter((row) => row.force === force).map(({ what, n }) => [what, n]);
        return [force, { ...none, ...Object.fromEntries(counted) }];
      }),
    );
  });
}
