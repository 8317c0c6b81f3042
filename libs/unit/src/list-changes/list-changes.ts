import type { PoolClient } from '#persistence';
import type { State } from '#requests';
import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { CHANGED_TASKS, eventsAfterSql, OLDEST_RUNNING } from './list-changes.sql.ts';

/** A request that changed, as it is now. */
export interface ChangedView {
  readonly id: string;
  readonly unitReference: string;
  readonly force: string;
  readonly version: number;
  /** A request that was finished has its final state, so that lists of open requests can drop it. */
  readonly state: State;
  readonly assignee: string | null;
}

/** A place in the log of events: transaction and position. */
export type ChangePlace = readonly [xid: string, position: string];

export interface ChangesPage {
  /** Each request once, in the order of its first change on this page. */
  readonly items: readonly ChangedView[];
  readonly next: ChangePlace;
}

interface EventPlace {
  readonly force: string;
  /** Null for an event that is about no request. */
  readonly id: string | null;
  readonly xid: string;
  readonly position: string;
}

/**
 * Lists the requests that changed after a place in the event log. Only transactions that have ended count, as
 * for the relay: otherwise a change that commits late would be passed over. A call that finds nothing reads
 * one entry of an index for each force.
 */
export async function listChanges(
  unit: UnitRuntime,
  caller: StaffCaller,
  { after, limit }: { readonly after: ChangePlace | undefined; readonly limit: number },
): Promise<ChangesPage> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const end = await oldestRunning(client);
    // Every event of an ended transaction is before this place.
    const present: ChangePlace = [end, '0'];
    if (after === undefined) return { items: [], next: present };
    const { rows } = await client.query<EventPlace>({
      name: `events-after-${limit}`,
      text: eventsAfterSql(limit),
      values: [forces, ...after, end],
    });
    const last = rows.at(-1);
    const items = await changedTasks(client, rows);
    return { items, next: last && rows.length === limit ? [last.xid, last.position] : present };
  });
}

async function oldestRunning(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ xid: string }>({
    name: 'oldest-running',
    text: OLDEST_RUNNING,
  });
  return (rows[0] as { xid: string }).xid;
}

async function changedTasks(client: PoolClient, events: readonly EventPlace[]): Promise<ChangedView[]> {
  const changed = new Map(
    events.flatMap(({ force, id }) => (id === null ? [] : [[id, { force, id }] as const])),
  );
  if (changed.size === 0) return [];
  const { rows } = await client.query<ChangedView>({
    name: 'changed-tasks',
    text: CHANGED_TASKS,
    values: [JSON.stringify([...changed.values()].map((one, n) => ({ n, ...one })))],
  });
  return rows;
}
