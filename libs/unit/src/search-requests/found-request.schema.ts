import { STATES, URGENCIES, type ClockReadout } from '#requests';
import { answerSchema, listOf, MOMENT, orNull, TEXT, UUID } from '#web';
import type { FoundRequest } from './search-requests.ts';

const WHOLE = { type: 'integer' };

/** A clock as staff see it. */
const CLOCK = answerSchema<ClockReadout>({
  name: TEXT,
  state: { type: 'string', enum: ['running', 'paused', 'met', 'breached'] },
  dueAt: orNull(MOMENT),
  dueDay: orNull({ type: 'string', format: 'date' }),
  metAt: orNull(MOMENT),
  left: orNull({ type: 'number' }),
  leftUnit: { type: 'string', enum: ['milliseconds', 'working-milliseconds', 'days', 'working-days'] },
  unproven: { type: 'boolean' },
});

export const FOUND_REQUEST = answerSchema<FoundRequest>({
  id: UUID,
  unitReference: TEXT,
  force: TEXT,
  forceReference: TEXT,
  type: TEXT,
  title: TEXT,
  state: { type: 'string', enum: STATES },
  assignee: orNull(TEXT),
  urgency: orNull({ type: 'string', enum: URGENCIES }),
  dueAt: orNull(MOMENT),
  risk: WHOLE,
  version: WHOLE,
  receivedAt: MOMENT,
  updatedAt: MOMENT,
  clocks: listOf(CLOCK),
  matched: TEXT,
});
