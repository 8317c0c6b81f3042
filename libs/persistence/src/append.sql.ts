/** Begins every statement that writes events: the columns, in their order. */
export const INSERT_EVENT = `insert into event (
  owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data
)`;

/** Begins every statement that writes the access log: the columns, in their order. */
export const INSERT_ACCESS_LOG = `insert into access_log (
  owning_force, person, service, operation, request_id, recipient, reason
)`;

export const APPEND_EVENTS = `
${INSERT_EVENT}
select "owningForce", "eventId", "requestId", type, time, traceparent, topic, key, source, data
from json_to_recordset($1) as e (
  "owningForce" text, "eventId" uuid, "requestId" uuid, type text, time timestamptz,
  traceparent text, topic text, key text, source text, data json
)
on conflict do nothing`;

export const RECORD_ACCESS = `
${INSERT_ACCESS_LOG}
select "owningForce", person, service, operation, "requestId", recipient, reason
from json_to_recordset($1) as entry (
  "owningForce" text, person text, service text, operation text,
  "requestId" uuid, recipient text, reason text
)`;
