export const TEXTS = `
select id, unit, title, text, changed_by as "changedBy", changed_at as "changedAt"
from canned_text
where unit = any ($1)
order by unit, title`;

export const SAVE_TEXT = `
insert into canned_text (id, unit, title, text, changed_by)
values ($1, $2, $3, $4, $5)
on conflict (unit, title) do update
set
  text = excluded.text,
  changed_by = excluded.changed_by,
  changed_at = clock_timestamp()`;

export const DELETE_TEXT = `
delete
from canned_text
where unit = $1
  and id = $2`;
