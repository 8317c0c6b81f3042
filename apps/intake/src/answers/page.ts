import { setImmediate } from 'node:timers/promises';
import { Refusal } from '#contracts';
import type { Cursors, CursorScope, DescribedParameter, HttpReply } from '#web';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

/** For the description of a route with pages. */
export const LIMIT: DescribedParameter = {
  help: `The number of items in a page, at most ${LIMIT_MAX}`,
  schema: { type: 'integer', minimum: 1, default: LIMIT_DEFAULT },
};
export const CURSOR: DescribedParameter = {
  help: 'The place to continue from: `next` of the previous page, unchanged',
  schema: { type: 'string' },
};

/** How many items a page may have, as asked. */
export function limitOf(text: unknown): number {
  if (text === undefined) return LIMIT_DEFAULT;
  const limit = typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1)
    throw new Refusal(
      'invalid-request',
      `limit must be a whole number from 1; at most ${LIMIT_MAX} are given.`,
    );
  return Math.min(limit, LIMIT_MAX);
}

/** A query parameter that may be given once. */
export function oneOf(query: Record<string, unknown>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    throw new Refusal('invalid-request', `The query contains ${name} more than once. Give it once.`);
  return value;
}

/** A query parameter that goes into the database as it is. PostgreSQL cannot take a text with NUL, so it is refused first. */
export function textOf(query: Record<string, unknown>, name: string): string | undefined {
  const value = oneOf(query, name);
  if (value?.includes('\0')) throw new Refusal('invalid-request', `${name} contains NUL (%00). Remove it.`);
  return value;
}

/** How many rows of a page become bytes before other requests have their turn. */
const SLICE = 20;

/**
 * The JSON of a page, made slice by slice: between two of them other requests are served. A page of a thousand rows would hold
 * them up for a tenth of a second.
 */
export async function pageJson<Row>(
  reply: HttpReply,
  rows: readonly Row[],
  itemOf: (row: Row) => unknown,
  next: string | undefined,
): Promise<Buffer> {
  reply.header('content-type', 'application/json; charset=utf-8');
  const slices: Buffer[] = [];
  for (let from = 0; from < rows.length; from += SLICE) {
    if (from > 0) await setImmediate();
    const items = rows.slice(from, from + SLICE).map((row) => JSON.stringify(itemOf(row)));
    slices.push(Buffer.from(`${from > 0 ? ',' : ''}${items.join(',')}`));
  }
  return Buffer.concat([
    Buffer.from('{"items":['),
    ...slices,
    Buffer.from(next === undefined ? ']}' : `],"next":${JSON.stringify(next)}}`),
  ]);
}

/** A place in a log: the writing transaction and the row's position in it. */
export type LogPlace = readonly [xid: string, position: string];

const NUMBER = /^\d{1,18}$/;
const isLogPlace = (value: unknown): value is LogPlace =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((part) => typeof part === 'string' && NUMBER.test(part));

/** The list of a force's events: the feed, and the deliveries of its webhooks, give out the same cursors. */
export const feedOf = (force: string): CursorScope => ({ list: 'events', caller: { kind: 'force', force } });

/** The place after which to read; the beginning without a cursor. */
export function logPlaceOf(cursors: Cursors, scope: CursorScope, cursor: string | undefined): LogPlace {
  return cursor === undefined ? ['0', '0'] : cursors.open(scope, cursor, isLogPlace);
}
