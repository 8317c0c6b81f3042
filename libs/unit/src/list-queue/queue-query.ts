import { isInstant, Refusal, type FieldError } from '#contracts';
import { STATES, URGENCIES, type State, type Urgency } from '#requests';

/** The place where a page ended, by the fields of the order of work. */
export type QueuePlace = readonly [due: string | null, rank: number, arrival: string];

export interface QueueQuery {
  readonly group?: Urgency;
  readonly state?: State;
  /** `me`, `none`, or a person. */
  readonly assignee?: string;
  readonly type?: string;
  readonly force?: string;
  readonly after?: QueuePlace | undefined;
  readonly limit: number;
}

/** The query as it was sent; its cursor is not opened yet. */
export interface SentQueueQuery extends Omit<QueueQuery, 'after'> {
  readonly cursor?: string;
}

const LIMIT_DEFAULT = 50;
/** The largest page; a desk shows fewer. */
const LIMIT_MAX = 200;
/** A rank is 9 minus the risk. */
const RANKS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** All query parameters of a queue. */
export const QUEUE_PARAMETERS = ['group', 'state', 'assignee', 'type', 'force', 'cursor', 'limit'];

/**
 * Reads the query of a queue page; a refusal names every fault. The route refuses unknown and repeated
 * parameters.
 */
export function readQueueQuery(query: Readonly<Record<string, unknown>>): SentQueueQuery {
  const errors: FieldError[] = Object.entries(query)
    // A PostgreSQL text cannot contain NUL.
    .filter(([, value]) => typeof value !== 'string' || value.includes('\0'))
    .map(([name]) => fault(name, 'contains NUL; remove it'));
  const { group, state, assignee, type, force, cursor, limit } = query as Record<string, string | undefined>;
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
    typeof value[2] === 'string' &&
    /^\d{1,18}$/.test(value[2])
  );
}

function fault(name: string, detail: string): FieldError {
  return { pointer: `/${name}`, code: 'invalid-query', detail: `${name} ${detail}` };
}
