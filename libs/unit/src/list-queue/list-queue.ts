import type { PoolClient } from '#persistence';
import { URGENCIES, urgencyBounds, type Urgency, type UrgencyBounds } from '#requests';
import type { StaffCaller } from '#web';
import type { ListedRow, TaskRow } from '../task-row.ts';
import { listedTask, type ListedTask } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { countQueue, type QueueCounts } from './count-queue.ts';
import { findTasksSql, NEWEST_ANSWERS } from './list-queue.sql.ts';
import { taskConditions, type Parameter } from './task-conditions.ts';
import type { Place, QueueQuery, QueueSort } from './queue-query.ts';

export interface QueueItem extends ListedTask {
  /**
   * The newest answer, in a list of finished requests. A law-enforcement record has none here: its reading is
   * logged, and a page of a list is not (decision 0043).
   */
  readonly answer?: Readonly<Record<string, unknown>>;
  /** The place that continues after this item; only if the query asks for places. */
  readonly place?: Place;
}

export interface QueuePage extends QueueCounts {
  /** Most urgent first, finished requests last; a group without items on this page is left out. */
  readonly groups: readonly { readonly name: Urgency | 'finished'; readonly items: readonly QueueItem[] }[];
  /** The place where the next page begins; absent on the last page. */
  readonly next?: Place;
}

/**
 * Lists one page of the queue, in the order of work (see get-next) or of arrival. `counts` are of the whole
 * queue of a force and type; group, state and assignee only filter the list. Without a state, open requests
 * or, in their own order, finished ones are listed. All statements see the same moment, so that `filtered`
 * agrees with the list.
 */
export async function listQueue(
  unit: UnitRuntime,
  caller: StaffCaller,
  query: QueueQuery,
): Promise<QueuePage> {
  const seen = unit.forcesOf(caller);
  const forces = query.force === undefined ? seen : seen.filter((force) => force === query.force);
  const assignee = query.assignee === 'me' ? caller.person : query.assignee;
  const sort = query.sort ?? 'due';
  return unit.database.transaction(seen, async (client) => {
    const [, { rows }] = await Promise.all([
      client.query('set transaction isolation level repeatable read, read only'),
      client.query<{ now: Date }>({ name: 'queue-now', text: 'select clock_timestamp() as now' }),
    ]);
    const now = (rows[0] as { now: Date }).now;
    const { state } = query;
    const types = query.type === undefined ? null : [query.type];
    const counted = { seen, forces, types, state, assignee, person: caller.person };
    const bounds = urgencyBounds(now, unit.urgency);
    const [counts, found] = await Promise.all([
      countQueue(client, counted, now, unit.urgency),
      findTasks(client, forces, { ...query, assignee, sort }, bounds),
    ]);
    const page = found.slice(0, query.limit);
    const answers = sort === 'finished' ? await answersOf(client, unit, page) : NO_ANSWERS;
    const items = page.map((task): QueueItem => ({
      ...listedTask(unit, { ...task, at: now }),
      ...answers.get(task.id),
      ...(query.places === true && { place: placeOf(task, sort) }),
    }));
    const last = page.at(-1);
    return {
      ...counts,
      groups: [...URGENCIES, 'finished' as const]
        .map((name) => ({ name, items: items.filter(({ urgency }) => (urgency ?? 'finished') === name) }))
        .filter((group) => group.items.length > 0),
      ...(found.length > query.limit && last && { next: placeOf(last, sort) }),
    };
  });
}

type AnswerOf = Required<Pick<QueueItem, 'answer'>>;
const NO_ANSWERS: ReadonlyMap<string, AnswerOf> = new Map();

async function answersOf(
  client: PoolClient,
  unit: UnitRuntime,
  page: readonly TaskRow[],
): Promise<ReadonlyMap<string, AnswerOf>> {
  const shown = page.filter((task) => task.state === 'answered' && !unit.typeOf(task).type.lawEnforcement);
  if (shown.length === 0) return NO_ANSWERS;
  const forces = [...new Set(shown.map(({ force }) => force))];
  const { rows } = await client.query<AnswerOf & { readonly id: string }>({
    name: 'newest-answers',
    text: NEWEST_ANSWERS,
    values: [forces, shown.map(({ id }) => id)],
  });
  return new Map(rows.map(({ id, answer }) => [id, { answer }]));
}

function placeOf({ dueAt, risk, arrival, updatedAt }: TaskRow, sort: QueueSort): Place {
  if (sort === 'finished') return [updatedAt.toISOString(), arrival];
  return sort === 'due' ? [dueAt?.toISOString() ?? null, 9 - risk, arrival] : [arrival];
}

/** Finds one row more than the page holds, to know whether there is a next page. */
async function findTasks(
  client: PoolClient,
  forces: readonly string[],
  query: QueueQuery & { readonly sort: QueueSort },
  bounds: UrgencyBounds,
): Promise<ListedRow[]> {
  const values: unknown[] = [forces];
  const parameter: Parameter = (value) => `$${values.push(value)}`;
  const conditions = taskConditions(query, query.sort, bounds, parameter);
  if (query.after !== undefined) conditions.push(afterCondition(query.after, query.sort, parameter));
  const text = findTasksSql(conditions, query.sort, query.limit + 1);
  const { rows } = await client.query<ListedRow>(text, values);
  return rows;
}

function afterCondition(after: Place, sort: QueueSort, parameter: Parameter): string {
  if (after.length === 1) return `arrival ${sort === 'oldest' ? '>' : '<'} ${parameter(after[0])}::bigint`;
  if (after.length === 2)
    return `(updated_at, arrival) < (${parameter(after[0])}::timestamptz, ${parameter(after[1])}::bigint)`;
  const [due, rank, arrival] = after;
  return `(due_at, 9 - risk, arrival) > (${parameter(due ?? 'infinity')}::timestamptz, ${parameter(rank)}::integer, ${parameter(arrival)}::bigint)`;
}
