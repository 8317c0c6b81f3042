import { isInstant, Refusal, type FieldError } from '#contracts';
import { STATES, URGENCIES, type State, type Urgency } from '#requests';
import { TEXT, type DescribedParameter } from '#web';

/** The place where a page ended, by the fields of the order of work. */
export type QueuePlace = readonly [due: string | null, rank: number, arrival: string];

/** The place where a page in the order of arrival ended. */
export type ArrivalPlace = readonly [arrival: string];

/** The place where a page of finished requests ended. */
export type FinishedPlace = readonly [finished: string, arrival: string];

export type Place = QueuePlace | ArrivalPlace | FinishedPlace;

/**
 * `due`: the order of work; `oldest` and `newest`: by arrival in the unit; `finished`: only finished
 * requests, by the moment at which they were finished, newest first.
 */
export const QUEUE_SORTS = ['due', 'oldest', 'newest', 'finished'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

/** The requests of a list, in whatever order. */
export interface QueueFilter {
  readonly group?: Urgency | undefined;
  readonly state?: State | undefined;
  /** `me`, `none`, or a person. */
  readonly assignee?: string | undefined;
  readonly type?: string | undefined;
  readonly force?: string | undefined;
}

export interface QueueQuery extends QueueFilter {
  /** The order of work if left out. */
  readonly sort?: QueueSort;
  /** True if each item has the place that continues after it. */
  readonly places?: boolean;
  /** A place of the same sort. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** The query as it was sent; its cursor is not opened yet. */
export interface SentQueueQuery extends Omit<QueueQuery, 'after'> {
  readonly sort: QueueSort;
  readonly cursor?: string;
}

const LIMIT_DEFAULT = 50;
/** The largest page; a desk shows fewer. */
const LIMIT_MAX = 200;
/** A rank is 9 minus the risk. */
const RANKS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** The query parameters of a queue, with their descriptions. */
export const QUEUE_PARAMETERS: Readonly<Record<string, DescribedParameter>> = {
  group: { help: 'Only requests of this urgency', schema: { type: 'string', enum: URGENCIES } },
  state: {
    help: 'Only requests in this state; if left out, open requests, or finished ones with `sort=finished`',
    schema: { type: 'string', enum: STATES },
  },
  assignee: {
    help: '`me`: requests of the caller. `none`: requests of nobody. Otherwise the person',
    schema: TEXT,
  },
  type: { help: 'Only requests of this type', schema: TEXT },
  force: { help: 'Only requests of this force', schema: TEXT },
  sort: {
    help: '`due`: the order of work. `oldest` and `newest`: by arrival. `finished`: only finished requests, newest answer first, with their answers',
    schema: { type: 'string', enum: QUEUE_SORTS, default: 'due' },
  },
  places: {
    help: '`true`: each item has the cursor that continues after it',
    schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
  },
  cursor: { help: '`next` of the page before, or the cursor of an item', schema: TEXT },
  limit: {
    help: 'The largest number of requests on a page',
    schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT },
  },
};

/**
 * Reads the query of a queue page; a refusal names every fault. The route refuses unknown and repeated
 * parameters.
 */
export function readQueueQuery(query: Readonly<Record<string, unknown>>): SentQueueQuery {
  const errors: FieldError[] = Object.entries(query)
    // A PostgreSQL text cannot contain NUL.
    .filter(([, value]) => typeof value !== 'string' || value.includes('\0'))
    .map(([name]) => fault(name, 'contains NUL; remove it'));
  const { group, state, assignee, type, force, sort, places, cursor, limit } = query as Record<
    string,
    string | undefined
  >;
  const known = <Word extends string>(
    name: string,
    words: readonly Word[],
    value: string | undefined,
  ): Word | undefined => {
    if (value === undefined) return undefined;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) errors.push(fault(name, `must be one of ${words.join(', ')}`));
    return word;
  };
  const wanted = {
    group: known('group', URGENCIES, group),
    state: known('state', STATES, state),
    sort: known('sort', QUEUE_SORTS, sort) ?? 'due',
    places: known('places', ['true', 'false'], places) === 'true',
    limit: limit === undefined ? LIMIT_DEFAULT : Number(limit),
  };
  if (!(Number.isInteger(wanted.limit) && wanted.limit >= 1 && wanted.limit <= LIMIT_MAX)) {
    errors.push(fault('limit', `must be a whole number from 1 to ${LIMIT_MAX}`));
  }
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The query is not valid; see errors.', { errors });
  return { ...wanted, assignee, type, force, cursor };
}

export function isQueuePlace(value: unknown): value is QueuePlace {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    (value[0] === null || (typeof value[0] === 'string' && isInstant(value[0]))) &&
    RANKS.includes(value[1] as number) &&
    isArrival(value[2])
  );
}

export function isArrivalPlace(value: unknown): value is ArrivalPlace {
  return Array.isArray(value) && value.length === 1 && isArrival(value[0]);
}

export function isFinishedPlace(value: unknown): value is FinishedPlace {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    isInstant(value[0]) &&
    isArrival(value[1])
  );
}

function isArrival(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,18}$/.test(value);
}

function fault(name: string, detail: string): FieldError {
  return { pointer: `/${name}`, code: 'invalid-query', detail: `${name} ${detail}` };
}
