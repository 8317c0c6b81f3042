import { URGENCIES, type Urgency } from '#requests';
import type { QueueAnswer, QueueItem } from '../units/unit-api.ts';
import type { Sort } from './work-query.ts';

/** One unit's page of its queue. */
export interface UnitQueue {
  readonly unit: string;
  readonly answer: QueueAnswer;
}

export interface MergedItem extends QueueItem {
  readonly unit: string;
}

export interface MergedPage {
  readonly groups: readonly {
    /** Null if the list is sorted by arrival: then it is one group. */
    readonly name: Urgency | 'finished' | null;
    readonly count: number | null;
    readonly items: readonly MergedItem[];
  }[];
  readonly counts: Readonly<Record<Urgency, number>>;
  /** The place in each unit's queue at which the next page begins; null on the last page. */
  readonly after: ReadonlyMap<string, string> | null;
}

/** The mark of a unit whose queue has no further page. */
export const END = 'end';

/**
 * Merges the units' pages into one page in the same order. A unit's page is a beginning of its queue, so the
 * first `limit` items of all pages are the first of all queues.
 */
export function mergeQueues(
  queues: readonly UnitQueue[],
  {
    sort,
    limit,
    after,
  }: { readonly sort: Sort; readonly limit: number; readonly after: ReadonlyMap<string, string> },
): MergedPage {
  const lists = queues.map(({ unit, answer }) =>
    answer.groups.flatMap(({ items }) => items.map((item): MergedItem => ({ ...item, unit }))),
  );
  const page = firstOf(lists, limit, ORDERS[sort]);
  const counts = filteredCounts(queues);
  const more = lists.flat().length > limit || queues.some(({ answer }) => answer.next !== undefined);
  return {
    groups:
      sort === 'due'
        ? byUrgency(page, counts)
        : page.length > 0
          ? [{ name: sort === 'finished' ? 'finished' : null, count: null, items: page }]
          : [],
    counts,
    after: more ? placesAfter(queues, page, after) : null,
  };
}

/** The requests of all queues under the filters of the list, by urgency. */
export function filteredCounts(queues: readonly UnitQueue[]): Readonly<Record<Urgency, number>> {
  return Object.fromEntries(
    URGENCIES.map((urgency) => [
      urgency,
      queues.reduce((sum, { answer }) => sum + answer.filtered[urgency], 0),
    ]),
  ) as Record<Urgency, number>;
}

/** Takes the first items of lists in order. Each list keeps its own order, on which its cursors depend. */
function firstOf(lists: readonly (readonly MergedItem[])[], limit: number, order: Order): MergedItem[] {
  const places = lists.map(() => 0);
  const first: MergedItem[] = [];
  while (first.length < limit) {
    let next: { readonly list: number; readonly item: MergedItem } | undefined;
    for (const [list, items] of lists.entries()) {
      const item = items[places[list] ?? 0];
      if (item && (next === undefined || order(item, next.item) < 0)) next = { list, item };
    }
    if (next === undefined) break;
    first.push(next.item);
    places[next.list] = (places[next.list] ?? 0) + 1;
  }
  return first;
}

function byUrgency(
  page: readonly MergedItem[],
  counts: Readonly<Record<Urgency, number>>,
): MergedPage['groups'] {
  return [...URGENCIES, 'finished' as const]
    .map((name) => ({
      name,
      count: name === 'finished' ? null : counts[name],
      items: page.filter(({ urgency }) => (urgency ?? 'finished') === name),
    }))
    .filter(({ items }) => items.length > 0);
}

function placesAfter(
  queues: readonly UnitQueue[],
  page: readonly MergedItem[],
  before: ReadonlyMap<string, string>,
): Map<string, string> {
  const places = new Map<string, string>();
  for (const { unit, answer } of queues) {
    const shown = page.filter((item) => item.unit === unit);
    const all = answer.groups.reduce((sum, { items }) => sum + items.length, 0);
    const last = shown.at(-1)?.cursor;
    if (shown.length === all && answer.next === undefined) places.set(unit, END);
    else if (last !== undefined) places.set(unit, last);
    else if (before.has(unit)) places.set(unit, before.get(unit) as string);
  }
  return places;
}

type Order = (a: MergedItem, b: MergedItem) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Moments are written by toISOString, so the order of the texts is the order of the moments. */
const byDue: Order = (a, b) => byText(a.dueAt ?? '~', b.dueAt ?? '~') || b.risk - a.risk || byArrival(a, b);
const byArrival: Order = (a, b) => byText(a.receivedAt, b.receivedAt) || byText(a.id, b.id);

/** The same orders in which the units list. */
const ORDERS: Readonly<Record<Sort, Order>> = {
  due: byDue,
  oldest: byArrival,
  newest: (a, b) => byArrival(b, a),
  finished: (a, b) => byText(b.updatedAt, a.updatedAt) || byArrival(b, a),
};
