export const NEXT_SERIAL = `
insert into crime_serial (owning_force, year, last_serial)
values ($1, extract(year from now() at time zone 'Europe/London')::integer, 1)
on conflict (owning_force, year) do update
set last_serial = crime_serial.last_serial + 1
returning year, last_serial as serial`;

export const KEEP_SERIAL = `
insert into crime_serial (owning_force, year, last_serial)
values ($1, $2, $3)
on conflict (owning_force, year) do update
set last_serial = greatest(crime_serial.last_serial, excluded.last_serial)`;

export const RECORD_CRIME = `
insert into crime (
  owning_force,
  request_id,
  reference,
  year,
  serial,
  offence_code,
  crime_type,
  report_received_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

export const READ_CRIME = `
select
  reference,
  offence_code as "offenceCode",
  crime_type as "crimeType",
  state,
  recorded_at as "recordedAt"
from crime
where owning_force = $1
  and (request_id = $2 or upper(reference) = upper($3))`;

export const READ_CHANGES = `
select
  kind,
  outcome,
  ground,
  receiving_force as "receivingForce",
  asked_at as "askedAt",
  decided_at as "decidedAt"
from crime_change
where owning_force = $1
  and upper(crime_reference) = upper($2)
order by asked_at
limit 50`;

/**
 * The report that a crime was recorded from, and the requests to change it. The first condition finds the
 * crime of a report, the second that of a given reference.
 */
export const REQUESTS_ABOUT_CRIME = `
with about as materialized (
  select reference
  from crime
  where owning_force = $1
    and request_id = $2
  union
  select $3::text
  where $3::text is not null
)
select crime.request_id as "requestId", crime.reference, 'report' as kind, recorded_at as at
from about
join crime
  on crime.owning_force = $1
  and upper(crime.reference) = upper(about.reference)
where crime.request_id <> $2
union all
select crime_change.request_id, crime_change.crime_reference, crime_change.kind, asked_at
from about
join crime_change
  on crime_change.owning_force = $1
  and upper(crime_change.crime_reference) = upper(about.reference)
where crime_change.request_id <> $2
order by at desc
limit $4`;
