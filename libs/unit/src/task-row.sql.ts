/** The columns of a `TaskRow`, from `TASK_JOIN`. */
export const TASK_COLUMNS = `
  task.owning_force as force,
  task.id,
  task.arrival,
  task.type,
  task.state,
  task.assignee,
  task.proposer,
  nullif(task.due_at, 'infinity') as "dueAt",
  task.risk,
  task.version,
  task.clocks,
  task.question,
  task.reason,
  task.updated_at as "updatedAt",
  request.unit_reference as "unitReference",
  request.force_reference as "forceReference",
  request.received_at as "receivedAt",
  request.version as "typeVersion",
  request.traceparent,
  clock_timestamp() as at`;

/** The payload of a `request` as it was last corrected. */
export const LATEST_PAYLOAD = `
  coalesce((
    select payload
    from correction
    where correction.owning_force = request.owning_force
      and correction.request_id = request.id
    order by version desc
    limit 1
  ), request.payload) as payload`;

/** The columns of a `ListedRow`, from `TASK_JOIN`. */
export const LISTED_COLUMNS = `${TASK_COLUMNS},${LATEST_PAYLOAD}`;

export const TASK_JOIN = `task
join request
  on request.owning_force = task.owning_force
  and request.id = task.id`;

export const FIND_TASK = `
select ${TASK_COLUMNS}
from ${TASK_JOIN}
where task.owning_force = any ($1)
  and task.id = $2`;

export const FIND_TASK_BY_REFERENCE = `
select ${TASK_COLUMNS}
from ${TASK_JOIN}
where request.owning_force = any ($1)
  and request.unit_reference = $2`;

/** Locks in the order of the key, so that two batches never wait for each other. */
export const LOCK_TASKS = `
select ${TASK_COLUMNS}
from ${TASK_JOIN}
where task.owning_force = any ($1)
  and task.id = any ($2)
order by task.owning_force, task.id
for no key update of task`;

export const FIND_BY_REFERENCE = `
select id
from request
where owning_force = any ($1)
  and unit_reference = $2`;

/** The payload of each request as it was last corrected. */
export const READ_PAYLOADS = `
select id, ${LATEST_PAYLOAD}
from request
where owning_force = any ($1)
  and id = any ($2)`;
