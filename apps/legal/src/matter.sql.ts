export const OPEN_MATTERS = `
insert into matter (
  owning_force,
  request_id,
  kind,
  opened_at,
  privileged,
  notice_served_at,
  incident_on,
  limitation_ends_on,
  limitation_basis
)
select *
from json_to_recordset($1) as arrival (
  owning_force text,
  request_id uuid,
  kind text,
  opened_at timestamptz,
  privileged boolean,
  notice_served_at timestamptz,
  incident_on date,
  limitation_ends_on date,
  limitation_basis text
)`;

export const CLOSE_MATTER = `
update matter
set
  outcome = $3,
  heard_at = $4,
  order_ends_on = $5,
  settlement_pence = $6,
  closed_at = now()
where owning_force = $1
  and request_id = $2`;

export const READ_MATTER = `
select
  kind,
  privileged,
  notice_served_at as "noticeServedAt",
  incident_on::text as "incidentOn",
  limitation_ends_on::text as "limitationEndsOn",
  limitation_basis as "limitationBasis",
  heard_at as "heardAt",
  order_ends_on::text as "orderEndsOn",
  settlement_pence as "settlementPence",
  outcome,
  closed_at as "closedAt"
from matter
where owning_force = $1
  and request_id = $2`;
