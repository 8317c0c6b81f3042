import { AFTER_PLACE } from '../log-place.sql.ts';

/** The limit stands in the text: as a parameter it would be planned anew each time. */
export const readEventsSql = (limit: number): string => `
select event_id as id, type, time, request_id as "requestId", data, xid, position
from event
where owning_force = $1
  and ${AFTER_PLACE}
order by xid, position
limit ${limit}`;
