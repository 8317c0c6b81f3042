import { AFTER_PLACE } from '../log-place.sql.ts';

/** The limit is part of the text: a parameter would make PostgreSQL plan the query each time. */
export const readEventsSql = (limit: number): string => `
select event_id as id, type, time, request_id as "requestId", data, xid, position
from event
where owning_force = $1
  and ${AFTER_PLACE}
order by xid, position
limit ${limit}`;
