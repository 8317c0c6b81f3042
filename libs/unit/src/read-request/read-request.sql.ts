/** Each statement takes the owning force and the id of one request. */
export const REQUEST_AS_SUBMITTED = `
select
  channel,
  submitted_by as "submittedBy",
  agreement_id as "agreementId",
  payload as "submittedPayload"
from request
where owning_force = $1
  and id = $2`;

export const CORRECTIONS = `
select id as "changeId", at, corrected_by as by, reason, corrected
from correction
where owning_force = $1
  and request_id = $2
order by version desc`;

export const EVENTS = `
select type, time, person, data
from event
where owning_force = $1
  and request_id = $2
order by position desc`;

export const NOTES = `
select id, kind, author, text, at
from note
where owning_force = $1
  and request_id = $2
order by at desc, id desc`;

export const NEWEST_PROPOSAL = `
select proposer, at, answer
from proposal
where owning_force = $1
  and request_id = $2
order by version desc
limit 1`;
