import type { State, Urgency } from '#requests';

/** The states in the words of staff. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  queued: 'In the queue',
  claimed: 'In work',
  held: 'On hold',
  'waiting-for-force': 'Waiting for the force',
  'awaiting-decision': 'Awaits a second person',
  answered: 'Answered',
  declined: 'Declined',
  withdrawn: 'Withdrawn by the force',
};

export const URGENCY_WORDS: Readonly<Record<Urgency | 'finished', string>> = {
  criticallyOverdue: 'Critically overdue',
  overdue: 'Overdue',
  dueSoon: 'Due soon',
  notDueYet: 'Not due yet',
  paused: 'Waiting',
  finished: 'Finished',
};
