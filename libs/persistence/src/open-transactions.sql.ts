/**
 * The oldest open transaction of this PostgreSQL. Every role sees which transaction each session has
 * open; it does not see what the session does, or since when.
 */
export const OLDEST_OPEN_TRANSACTION = `
select transaction::text, pid, prepared, since, database, role, application
from (
  select backend_xid as transaction, pid, null::text as prepared, null::timestamptz as since,
    datname::text as database, usename::text as role, application_name as application
  from pg_stat_activity
  where backend_xid is not null
  union all
  select transaction, null, gid, prepared, database::text, owner::text, null
  from pg_prepared_xacts
) as open
order by age(transaction) desc
limit 1`;
