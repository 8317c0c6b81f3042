import type { RequestState } from '#contracts';
import type { PoolClient } from '#persistence';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { withSubject, type RequestView, type StoredView } from '../read-request/request.view.ts';
import { listRequestsSql } from './list-requests.sql.ts';

/** The time of the last change in milliseconds, and the id, of the last request of a page. */
export type RequestPlace = readonly [updatedAtMs: number, id: string];

/** The order of a list, by the last change of each request. */
export const ORDERS = ['oldest-change-first', 'newest-change-first'] as const;
export type Order = (typeof ORDERS)[number];

export interface RequestFilter {
  readonly order: Order;
  readonly updatedSince: string | undefined;
  readonly state: RequestState | undefined;
  readonly reference: string | undefined;
  readonly after: RequestPlace | undefined;
}

/** Reads requests in the order of their last change: up to one more than the limit. */
export async function listRequests(
  client: PoolClient,
  types: RequestTypeDirectory,
  force: string,
  { order, updatedSince, state, reference, after }: RequestFilter,
  limit: number,
): Promise<RequestView[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`progress.owning_force = ${parameter(force)}`];
  if (updatedSince !== undefined)
    conditions.push(`progress.updated_at >= ${parameter(updatedSince)}::timestamptz`);
  if (state !== undefined) conditions.push(`progress.state = ${parameter(state)}`);
  if (reference !== undefined) conditions.push(`request.reference = ${parameter(reference)}`);
  if (after !== undefined) {
    const place = `(${parameter(new Date(after[0]))}::timestamptz, ${parameter(after[1])}::uuid)`;
    conditions.push(
      `(progress.updated_at, progress.request_id) ${order === 'newest-change-first' ? '<' : '>'} ${place}`,
    );
  }
  const { rows } = await client.query<StoredView>(
    listRequestsSql(conditions, limit, order === 'newest-change-first' ? 'desc' : 'asc'),
    values,
  );
  return rows.map((row) => withSubject(types, row));
}
