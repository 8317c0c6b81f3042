import type { Migration } from '#persistence';

/** The version by which the question that stands was asked; null while none stands, and for one from before this step. */
export const QUESTION_VERSION: Migration = {
  name: 'intake-question-version',
  up: () => `alter table progress add column asked_version integer;`,
};
