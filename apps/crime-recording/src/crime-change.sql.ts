export const NOTE_CHANGES = `
insert into crime_change (
  owning_force,
  request_id,
  kind,
  crime_reference,
  ground,
  receiving_force,
  asked_at
)
select *
from json_to_recordset($1) as arrival (
  owning_force text,
  request_id uuid,
  kind text,
  crime_reference text,
  ground text,
  receiving_force text,
  asked_at timestamptz
)`;

export const LOCK_CRIME = `
select state
from crime
where owning_force = $1
  and upper(reference) = upper($2)
for update`;

export const DECIDE_CHANGE = `
update crime_change
set
  outcome = $3,
  decided_as = $4,
  receiver_reference = $5,
  decided_at = now()
where owning_force = $1
  and request_id = $2`;

export const LEAVE_REGISTER = `
update crime
set state = $3
where owning_force = $1
  and upper(reference) = upper($2)`;
