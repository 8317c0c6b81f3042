import type { Migration } from '#persistence';

/**
 * The indexes of finished requests, newest answer first: those of everybody and those of one person. A
 * finished task does not change, so its last change is the moment at which it was finished.
 */
export const FINISHED_ORDER: Migration = {
  name: '200-finished-order',
  up: () => `
create index task_finished_by_moment on task (owning_force, updated_at, arrival)
  where state in ('answered', 'declined', 'withdrawn');
create index task_finished_of_person on task (owning_force, assignee, updated_at, arrival)
  where assignee is not null and state in ('answered', 'declined', 'withdrawn');
`,
};
