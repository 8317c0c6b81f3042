/** Records the messages in the order of the list; returns the new ones. */
export const TAKE_IN = `
insert into inbox (owning_force, message_id, content_hash)
select item ->> 0, item ->> 1, item ->> 2
from json_array_elements($1::json) with ordinality as list (item, place)
order by place
on conflict do nothing
returning owning_force, message_id`;

export const KNOWN_MESSAGES = `
select owning_force, message_id, content_hash
from inbox
where (owning_force, message_id) in (
  select item ->> 0, item ->> 1
  from json_array_elements($1::json) as list (item)
)`;
