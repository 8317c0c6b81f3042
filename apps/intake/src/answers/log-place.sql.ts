/** The oldest transaction that is still running. No row of an older transaction can appear any more. */
export const OLDEST_RUNNING = '(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint';

/** Selects rows of finished transactions only, so that a row that commits late is never skipped. */
export const SETTLED_TRANSACTIONS = `xid < ${OLDEST_RUNNING}`;

/** Selects settled rows after the place in `$2` and `$3`. The order is by transaction, then position. */
export const AFTER_PLACE = `(xid, position) > ($2::bigint, $3::bigint)
  and ${SETTLED_TRANSACTIONS}`;
