export const OPEN_APPLICATIONS = `
insert into application (
  owning_force,
  request_id,
  kind,
  certificate_number,
  received_on,
  old_expires_on,
  old_extended_until
)
select *
from json_to_recordset($1) as arrival (
  owning_force text,
  request_id uuid,
  kind text,
  certificate_number text,
  received_on date,
  old_expires_on date,
  old_extended_until date
)`;

export const DECIDE_APPLICATION = `
update application
set
  decision = $3,
  departs_from_guidance = $4,
  reasons = $5,
  fee_pence = $6,
  decided_at = now(),
  certificate_number = coalesce($7, certificate_number)
where owning_force = $1
  and request_id = $2`;

export const READ_APPLICATION = `
select
  kind,
  certificate_number as "certificateNumber",
  received_on::text as "receivedOn",
  old_expires_on::text as "oldExpiresOn",
  old_extended_until::text as "oldExtendedUntil",
  decision,
  reasons,
  fee_pence as "feePence",
  decided_at as "decidedAt"
from application
where owning_force = $1
  and request_id = $2`;

export const READ_CERTIFICATE = `
select
  number,
  kind,
  starts_on::text as "startsOn",
  expires_on::text as "expiresOn",
  guns,
  conditions
from certificate
where owning_force = $1
  and upper(number) = upper($2)
order by expires_on desc
limit 1`;

export const CHANGE_GUNS = `
update certificate
set guns = $3
where owning_force = $1
  and number = $2`;

export const PUT_CERTIFICATE = `
insert into certificate (
  owning_force,
  number,
  kind,
  starts_on,
  expires_on,
  conditions,
  granted_by,
  holder,
  holder_born_on
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (owning_force, number) do update
set
  kind = excluded.kind,
  starts_on = excluded.starts_on,
  expires_on = excluded.expires_on,
  conditions = excluded.conditions,
  granted_by = excluded.granted_by,
  holder = excluded.holder,
  holder_born_on = excluded.holder_born_on`;

export const LOCK_HOLDER = `
select holder, holder_born_on::text as "bornOn", kind
from certificate
where owning_force = $1
  and upper(number) = upper($2)
for update`;

export const REGISTERED_NUMBER = `
select number
from certificate
where owning_force = $1
  and upper(number) = upper($2)
order by expires_on desc
limit 1`;

export const KEEP_CERTIFICATE = `
insert into certificate_before (
  owning_force,
  number,
  replaced_by,
  kind,
  starts_on,
  expires_on,
  guns,
  conditions,
  granted_by,
  holder,
  holder_born_on
)
select
  owning_force,
  number,
  $3,
  kind,
  starts_on,
  expires_on,
  guns,
  conditions,
  granted_by,
  holder,
  holder_born_on
from certificate
where owning_force = $1
  and number = $2`;

/**
 * The requests that granted certificates of a holder, and those that were about one of these certificates.
 * The holder is found by name in any letters. A date of birth that differs is another person; where the
 * application has none, that of the certificate it names is used.
 */
export const REQUESTS_ABOUT_HOLDER = `
with named as materialized (
  select coalesce($3::date, (
    select holder_born_on
    from certificate
    where owning_force = $1
      and upper(number) = upper($4)
      and upper(holder) = upper($2)
    limit 1
  )) as born_on
), held as materialized (
  select number, granted_by
  from named
  join certificate
    on certificate.owning_force = $1
    and upper(certificate.holder) = upper($2)
  where coalesce(certificate.holder_born_on = named.born_on, true)
), about as (
  select granted_by as request_id, number
  from held
  union
  select application.request_id, held.number
  from held
  join application
    on application.owning_force = $1
    and application.certificate_number = held.number
)
select distinct on (application.received_on, about.request_id)
  about.request_id as "requestId",
  about.number
from about
join application
  on application.owning_force = $1
  and application.request_id = about.request_id
where about.request_id <> $5
order by application.received_on desc, about.request_id, about.number
limit $6`;
