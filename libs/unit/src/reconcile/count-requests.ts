import { STATES, type State } from '#requests';
import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';

/** What arrived, and where it is: for every force `arrived` is the sum of the states. */
export type ForceCounts = Readonly<Record<State, number>> & {
  readonly arrived: number;
  readonly deadLettered: number;
};

/**
 * Counts for reconciliation, by force. `arrived` is counted from requests and the states from tasks, by different
 * triggers: a difference would be a fault.
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
      text: `select owning_force as force, 'arrived' as what, sum(n)::float8 as n from arrival_count where owning_force = any ($1) group by 1
             union all
             select owning_force, state, sum(n)::float8 from queue_count where owning_force = any ($1) and n <> 0 group by 1, 2
             union all
             select owning_force, 'deadLettered', count(*)::float8 from dead_letter where owning_force = any ($1) group by 1`,
      values: [forces],
    });
    const none = Object.fromEntries(
      ['arrived', 'deadLettered', ...STATES].map((what) => [what, 0]),
    ) as unknown as ForceCounts;
    return Object.fromEntries(
      forces.map((force) => {
        const counted = rows.filter((row) => row.force === force).map(({ what, n }) => [what, n]);
        return [force, { ...none, ...Object.fromEntries(counted) }];
      }),
    );
  });
}
