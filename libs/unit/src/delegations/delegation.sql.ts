/**
 * Selects whether a person may decide requests of a type for a force today, in London, under a live
 * agreement.
 */
export const IS_DELEGATE = `
select exists (
  select
  from delegation
  join agreement
    on agreement.id = delegation.agreement_id
    and agreement.edition = delegation.edition
  where delegation.owning_force = $1
    and delegation.person = $2
    and delegation.request_type = $3
    and agreement.status = 'live'
    and $1 = any (agreement.participants)
    and today.day between agreement.valid_from and coalesce(agreement.valid_to, 'infinity')
    and today.day between delegation.valid_from and coalesce(delegation.valid_to, 'infinity')
) as delegated
from (select (now() at time zone 'Europe/London')::date as day) as today`;

/**
 * Keeps a newer edition of an agreement, and the delegations of that edition beside those of earlier ones.
 */
export const KEEP_AGREEMENT = `
with published as materialized (
  select *
  from json_to_record($1) as published (
    id text, edition integer, status text, participants json,
    "from" date, "to" date, delegations json
  )
), agreement as (
  insert into agreement as known (id, edition, status, participants, valid_from, valid_to)
  select id, edition, status, array(select json_array_elements_text(participants)), "from", "to"
  from published
  on conflict (id) do update
  set
    edition = excluded.edition,
    status = excluded.status,
    participants = excluded.participants,
    valid_from = excluded.valid_from,
    valid_to = excluded.valid_to
  where known.edition < excluded.edition
  returning id
)
insert into delegation (
  owning_force, agreement_id, edition, person, request_type, valid_from, valid_to
)
select distinct on (force, person, type, "validFrom")
  force, published.id, published.edition, person, type, "validFrom", "validTo"
from published
join agreement on agreement.id = published.id
cross join json_to_recordset(published.delegations) as delegation (
  force text, person text, "requestTypes" json, "validFrom" date, "validTo" date
)
cross join json_array_elements_text("requestTypes") as type
order by force, person, type, "validFrom", "validTo" desc nulls first`;
