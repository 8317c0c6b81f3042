import { recordAccess, type PoolClient } from '#persistence';
import type { StaffCaller } from '#web';
import type { ListedRow, TaskRow } from '../task-row.ts';
import { listedTask, type ListedTask } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { readTerms } from './read-terms.ts';
import {
  isBeginning,
  isNumber,
  numberReadings,
  readingsOf,
  sequencesOf,
  type Reading,
  type SearchQuery,
  type TermRange,
} from './search-query.ts';
import {
  COUNT_ENTRIES,
  ENTRIES_MAX,
  FIND_TASKS,
  findRequestsSql,
  REFERENCE_YEARS,
} from './search-requests.sql.ts';
import type { SearchTerm } from './searched-fields.ts';

export interface FoundRequest extends ListedTask {
  /** The titles of the fields in which the words were found. */
  readonly matched: string;
}

export interface SearchResult {
  /** Newest first; if a number was asked for, the requests that have it in their reference come before. */
  readonly items: readonly FoundRequest[];
  /** True if there are more, or if there may be more because a word was found too often to read all of it. */
  readonly more: boolean;
}

/** A reading that some request has. `beyond` if it has more entries than a search reads. */
interface CountedReading extends Reading {
  readonly entries: number;
  readonly beyond: boolean;
}

/** The texts of this many requests are read, if a beginning is in too many requests to be looked up. */
const TEXTS_MAX = 200;
const TEXTS_AT_ONCE = 50;

/**
 * Finds the requests that have every word of a query: open and finished, of all forces that the caller may
 * see. A request that becomes known to the caller in this way was consulted, so that of a law-enforcement
 * record is logged in the same transaction (decision 0043).
 */
export async function searchRequests(
  unit: UnitRuntime,
  caller: StaffCaller,
  { words, limit }: SearchQuery,
): Promise<SearchResult> {
  const forces = unit.forcesOf(caller);
  if (forces.length === 0) return { items: [], more: false };
  return unit.database.transaction(forces, async (client) => {
    const readings = await countedReadings(client, unit, forces, words);
    const search = new Search(client, unit, forces, limit + 1);
    const found = new Map<string, string>();
    const numbered = new Set<string>();
    let beyond = false;
    for (const sequence of sequencesOf(words, readings)) {
      // Whole words were read before a beginning that is in too many requests to read them all.
      if (found.size > limit && beyond) break;
      const { requests, isCut } = await search.find(sequence);
      beyond ||= isCut;
      for (const [id, matched] of requests) {
        if (sequence[0]?.isNumber === true) numbered.add(id);
        if (!found.has(id)) found.set(id, matched);
      }
    }
    // An id begins with the time at which intake accepted the request.
    const newest = [...found.keys()].sort().reverse();
    const ids = [...newest.filter((id) => numbered.has(id)), ...newest.filter((id) => !numbered.has(id))];
    const page = await readTasks(client, forces, ids.slice(0, limit));
    await logConsultations(client, unit, caller, page);
    return {
      items: page.map((task) => ({ ...listedTask(unit, task), matched: found.get(task.id) ?? '' })),
      more: ids.length > limit || beyond,
    };
  });
}

/** The readings of the words that are in any request of these forces. */
async function countedReadings(
  client: PoolClient,
  unit: UnitRuntime,
  forces: readonly string[],
  words: readonly string[],
): Promise<CountedReading[]> {
  const { referencePrefix } = unit.definition;
  const years = isNumber(words) ? await referenceYears(client, referencePrefix) : [];
  const readings = [
    ...numberReadings(words[0] ?? '', referencePrefix, years),
    ...readingsOf(words, referencePrefix),
  ];
  const { rows } = await client.query<{ n: number; entries: number; beyond: boolean }>({
    name: 'search-counts',
    text: COUNT_ENTRIES,
    values: [forces, readings.map(({ first }) => first), readings.map(({ last }) => last)],
  });
  const counted = rows
    .filter(({ entries }) => entries > 0)
    .map(({ n, entries, beyond }) => ({ ...(readings[n - 1] as Reading), entries, beyond }));
  // All requests with the word itself are among those with its beginning, unless these are too many to read.
  return counted.filter(
    (one) =>
      isBeginning(one) ||
      !counted.some(
        (other) =>
          isBeginning(other) && !other.beyond && other.first === one.first && other.start === one.start,
      ),
  );
}

async function referenceYears(client: PoolClient, referencePrefix: string): Promise<string[]> {
  const { rows } = await client.query<{ year: string }>({
    name: 'search-years',
    text: REFERENCE_YEARS,
    values: [referencePrefix],
  });
  return rows.map(({ year }) => year);
}

class Search {
  constructor(
    private readonly client: PoolClient,
    private readonly unit: UnitRuntime,
    private readonly forces: readonly string[],
    private readonly wanted: number,
  ) {}

  /**
   * Finds the newest requests that have a term of every reading, with the titles of the fields. It starts
   * with the rarest reading. `isCut` if that one has more entries, or more texts, than are read. Then older
   * requests may be missing.
   */
  async find(
    sequence: readonly CountedReading[],
  ): Promise<{ readonly requests: ReadonlyMap<string, string>; readonly isCut: boolean }> {
    const [rarest, ...others] = sequence.toSorted(byRareness) as [CountedReading, ...CountedReading[]];
    const unread = others.find((one) => isBeginning(one) && one.beyond);
    const candidates = await this.candidates(rarest, others);
    const atOnce = unread ? TEXTS_AT_ONCE : this.wanted;
    const requests = new Map<string, string>();
    for (let at = 0; at < candidates.length && requests.size < this.wanted; at += atOnce) {
      const some = candidates.slice(at, at + atOnce);
      const terms = await readTerms(this.client, this.unit, this.forces, some);
      for (const id of some) {
        const own = terms.get(id) ?? [];
        if (unread === undefined || fieldOf(unread, own)) requests.set(id, titlesOf(sequence, own));
      }
    }
    const isCut = rarest.beyond || (unread !== undefined && candidates.length === TEXTS_MAX);
    return { requests, isCut };
  }

  /**
   * The requests that have the rarest reading and every other one, newest first; a beginning with too many
   * entries is left to their texts.
   */
  private async candidates(
    rarest: CountedReading,
    others: readonly CountedReading[],
  ): Promise<readonly string[]> {
    const words = others.filter((one) => !isBeginning(one)).map(({ first }) => first);
    const second = others.find((one) => isBeginning(one));
    const isInBoth = second !== undefined && !second.beyond;
    // The newest entries of one word are enough if nothing else is asked of their requests.
    const entries = others.length === 0 && !isBeginning(rarest) ? this.wanted : ENTRIES_MAX;
    const limit = second?.beyond ? TEXTS_MAX : this.wanted;
    const values = [this.forces, rarest.first, rarest.last, words];
    const { rows } = await this.client.query<{ id: string }>(
      findRequestsSql({ entries, limit, isInBoth }),
      isInBoth ? [...values, second.first, second.last] : values,
    );
    return rows.map(({ id }) => id);
  }
}

/** Whole words come first among those with too many entries, because their newest entries can be read. */
function byRareness(a: CountedReading, b: CountedReading): number {
  if (a.beyond && b.beyond) return Number(isBeginning(a)) - Number(isBeginning(b));
  if (a.beyond !== b.beyond) return a.beyond ? 1 : -1;
  return a.entries - b.entries;
}

function fieldOf({ first, last }: TermRange, terms: readonly SearchTerm[]): SearchTerm | undefined {
  return terms.find(({ term }) => term === first || (first !== last && term.startsWith(first)));
}

function titlesOf(sequence: readonly TermRange[], terms: readonly SearchTerm[]): string {
  return [...new Set(sequence.flatMap((range) => fieldOf(range, terms)?.title ?? []))].join(', ');
}

async function readTasks(
  client: PoolClient,
  forces: readonly string[],
  ids: readonly string[],
): Promise<ListedRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<ListedRow>({
    name: 'search-tasks',
    text: FIND_TASKS,
    values: [forces, ids],
  });
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** The log has no words of the query, because they may name a person. */
async function logConsultations(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  page: readonly TaskRow[],
): Promise<void> {
  const read = page.filter((task) => unit.typeOf(task).type.lawEnforcement);
  await recordAccess(
    client,
    read.map(({ force, id }) => ({
      owningForce: force,
      person: caller.person,
      service: unit.definition.slug,
      operation: 'consultation',
      requestId: id,
      reason: 'search',
    })),
  );
}
