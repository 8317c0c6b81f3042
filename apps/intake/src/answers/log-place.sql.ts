/** The oldest transaction still running: nothing below it can appear any more. */
export const OLDEST_RUNNING = '(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint';

/**
 * Rows of transactions that can no longer be overtaken, so that a row that commits late is never
 * skipped.
 */
export const SETTLED_TRANSACTIONS = `xid < ${OLDEST_RUNNING}`;

/** Settled rows after the place in `$2` and `$3`. The order is by transaction, then position. */
export const AFTER_PLACE = `(xid, position) > ($2::bigint, $3::bigint)
  and ${SETTLED_TRANSACTIONS}`;
