import type { Migration } from '#persistence';

/**
 * A force may withdraw its request, and the indexes of open work leave out withdrawn tasks as they do
 * answered ones. Information that a force sends unasked is stored among the notes.
 */
export const CHANGES_OF_MIND: Migration = {
  name: '150-changes-of-mind',
  up: () => `
alter table note drop constraint note_kind, add constraint note_kind check (kind in ('note', 'reply', 'information'));
alter table task drop constraint task_state, drop constraint task_assignee;
alter table task
  add constraint task_state check (state in ('queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision', 'answered', 'declined', 'withdrawn')),
  add constraint task_assignee check ((assignee is null) = (state = 'queued') or state in ('answered', 'declined', 'withdrawn'));
drop index task_open, task_assigned;
create index task_open on task (owning_force, due_at, (9 - risk), arrival) where state not in ('answered', 'declined', 'withdrawn');
create index task_assigned on task (owning_force, assignee, due_at, (9 - risk), arrival)
  where assignee is not null and state not in ('answered', 'declined', 'withdrawn');
`,
};
