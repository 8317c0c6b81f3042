import type { Migration } from '#persistence';

/**
 * A task keeps its open question and the reason given with its last change, so that every event can carry
 * them. Tasks that already wait or are held get theirs from the event log. Row security is off meanwhile,
 * because it would hide every row from this migration.
 */
export const QUESTION_AND_REASON: Migration = {
  name: '170-question-and-reason',
  up: () => `
alter table task add column question json, add column reason text;
alter table task no force row level security;
alter table event no force row level security;
update task
set question = case when state = 'waiting-for-force' then (
    select json_build_object('text', data ->> 'question', 'version', (data ->> 'sequence')::integer)
    from event
    where event.owning_force = task.owning_force
      and event.request_id = task.id
      and event.type = 'concordat.question-asked.v1'
    order by position desc
    limit 1
  ) end,
  reason = case when state = 'held' then (
    select data ->> 'reason'
    from event
    where event.owning_force = task.owning_force
      and event.request_id = task.id
      and event.type = 'concordat.request-held.v1'
    order by position desc
    limit 1
  ) end
where state in ('waiting-for-force', 'held');
alter table task force row level security;
alter table event force row level security;
`,
};
