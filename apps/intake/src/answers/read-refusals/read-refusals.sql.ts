import { AFTER_PLACE } from '../log-place.sql.ts';

/**
 * A refused body may be as large as any body, so a page ends before its bodies exceed this limit. It has at
 * least one refusal.
 */
const PAGE_BYTES_MAX = 4_194_304;

/** Reads one more than the page may have, so that `found` shows whether there is a next page. */
export const readRefusalsSql = (limit: number): string => `
select id, refused_at as "refusedAt", channel, code, reference, message_id as "messageId", place,
  problem, body, translate(encode(bytes, 'base64'), chr(10), '') as bytes,
  body_hash as "bodyHash", body_erased_at as "bodyErasedAt", xid, position, found
from (
  select found.*, count(*) over ()::integer as found, row_number() over in_order as number,
    sum(coalesce(octet_length(bytes), octet_length(body::text), 0)) over in_order as total
  from (
    select *
    from refusal
    where owning_force = $1
      and ${AFTER_PLACE}
    order by xid, position
    limit ${limit + 1}
  ) as found
  window in_order as (order by xid, position rows unbounded preceding)
) as page
where total <= ${PAGE_BYTES_MAX}
  or number = 1
order by xid, position`;
