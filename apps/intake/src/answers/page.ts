import { setImmediate } from 'node:timers/promises';
import { Refusal, type Schema } from '#contracts';
import {
  json,
  listOf,
  nextLink,
  TEXT,
  type Cursors,
  type CursorScope,
  type DescribedAnswer,
  type DescribedContent,
  type DescribedParameter,
  type HttpReply,
  type HttpRequest,
} from '#web';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

/** The parameters of a route with pages, for its description. */
export const LIMIT: DescribedParameter = {
  help: `The number of items in a page, at most ${LIMIT_MAX}`,
  schema: { type: 'integer', minimum: 1, default: LIMIT_DEFAULT },
};
export const CURSOR: DescribedParameter = {
  help: 'The place to continue from: `next` of the previous page, unchanged',
  schema: { type: 'string' },
};

/** Describes a body with items, and with `next` where there is another page. */
export const itemsOf = (item: Schema): DescribedContent =>
  json({ type: 'object', properties: { items: listOf(item), next: TEXT }, required: ['items'] });

/** Describes the answer of a route with pages. */
export const pageOf = (item: Schema): DescribedAnswer => ({
  means: 'A page; the last one has no `next`',
  headers: { link: 'The next page (RFC 8288), when there is one' },
  content: itemsOf(item),
});

/** Reads the `limit` of a query: the number of items that a page may have. */
export function limitOf(text: unknown): number {
  if (text === undefined) return LIMIT_DEFAULT;
  const limit = typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1)
    throw new Refusal(
      'invalid-request',
      `limit must be a whole number of 1 or more. A page has at most ${LIMIT_MAX} items.`,
    );
  return Math.min(limit, LIMIT_MAX);
}

/** Reads a query parameter, and refuses it if it is there more than once. */
export function oneOf(query: Record<string, unknown>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    throw new Refusal('invalid-request', `The query contains ${name} more than once. Give it once.`);
  return value;
}

/** Reads a query parameter that must be one of a few words. */
export function choiceOf<Choice extends string>(
  query: Record<string, unknown>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = oneOf(query, name);
  const chosen = choices.find((choice) => choice === value);
  if (value !== undefined && chosen === undefined)
    throw new Refusal('invalid-request', `${name} must be one of ${choices.join(', ')}.`);
  return chosen;
}

/**
 * Reads a query parameter that goes into the database as it is. PostgreSQL cannot store a text with NUL, so
 * such a text is refused first.
 */
export function textOf(query: Record<string, unknown>, name: string): string | undefined {
  const value = oneOf(query, name);
  if (value?.includes('\0')) throw new Refusal('invalid-request', `${name} contains NUL (%00). Remove it.`);
  return value;
}

/** The number of rows that become bytes before other requests have their turn. */
const SLICE = 20;

/** Writes a page, and the link to the next page if there is one. */
export function sendPage<Row>(
  request: HttpRequest,
  reply: HttpReply,
  rows: readonly Row[],
  itemOf: (row: Row) => unknown,
  next: string | undefined,
): Promise<Buffer> {
  if (next !== undefined) reply.header('link', nextLink(request.url, next));
  return pageJson(reply, rows, itemOf, next);
}

/**
 * Writes the JSON of a page slice by slice, and serves other requests between two slices. A page of a
 * thousand rows in one piece would delay them by a tenth of a second.
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

/** A place in a log: the transaction that wrote a row, and the row's position. */
export type LogPlace = readonly [xid: string, position: string];

const NUMBER = /^\d{1,18}$/;
const isLogPlace = (value: unknown): value is LogPlace =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((part) => typeof part === 'string' && NUMBER.test(part));

/** The list of a force's events. The feed and the deliveries of webhooks give out the same cursors. */
export const feedOf = (force: string): CursorScope => ({ list: 'events', caller: { kind: 'force', force } });

/** Returns the place after which to read: without a cursor, the beginning. */
export function logPlaceOf(cursors: Cursors, scope: CursorScope, cursor: string | undefined): LogPlace {
  return cursor === undefined ? ['0', '0'] : cursors.open(scope, cursor, isLogPlace);
}
