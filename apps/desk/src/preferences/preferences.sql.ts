export const PREFERENCES = `
select keyboard
from preference
where person = $1`;

export const SAVE_PREFERENCES = `
insert into preference (person, keyboard)
values ($1, $2)
on conflict (person) do update
set keyboard = excluded.keyboard`;
