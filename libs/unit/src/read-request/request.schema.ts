import type { Schema } from '#contracts';
import { STATES } from '#requests';
import { answerSchema, listOf, MOMENT, named, orNull, TEXT, UUID } from '#web';
import { STAFF_COMMANDS } from '../change-request/change-body.ts';
import { LISTED_FIELDS, SUBJECT } from '../task-view.ts';
import type { CorrectionView, NoteView, RequestDetail } from './read-request.ts';
import type { AnswerCaution } from '../unit-definition.ts';
import type { RelatedView } from './related.ts';
import type { TimelineEntry } from './timeline.ts';

const FIELDS: Schema = { type: 'object', additionalProperties: {} };
const STATE: Schema = { type: 'string', enum: STATES };

const CORRECTION_SCHEMA = answerSchema<CorrectionView>({
  changeId: UUID,
  at: MOMENT,
  by: TEXT,
  reason: TEXT,
  corrected: { ...FIELDS, description: 'Each field as the force set it; null if the force removed it' },
});

const NOTE_SCHEMA = answerSchema<NoteView>({
  id: UUID,
  kind: {
    type: 'string',
    enum: ['note', 'reply', 'information'] satisfies NoteView['kind'][],
    description: '`reply`: to a question. `information`: the force sent it unasked',
  },
  author: TEXT,
  text: TEXT,
  at: MOMENT,
});

const TIMELINE_ENTRY_SCHEMA = answerSchema<TimelineEntry>(
  {
    type: TEXT,
    at: MOMENT,
    person: orNull(TEXT),
    sequence: { type: 'integer', minimum: 1 },
    state: STATE,
    role: TEXT,
    question: TEXT,
    reason: TEXT,
    belongsTo: TEXT,
    milestone: TEXT,
    told: { type: 'boolean', description: 'True if the event is published to the force' },
    sentAt: orNull({ ...MOMENT, description: 'Null if it is not sent yet, or stays in the unit' }),
  },
  ['role', 'question', 'reason', 'belongsTo', 'milestone'],
);

const RELATED_SCHEMA = answerSchema<RelatedView>({
  reference: TEXT,
  type: TEXT,
  title: TEXT,
  subject: SUBJECT,
  state: STATE,
  at: MOMENT,
  summary: TEXT,
});

const CAUTION_SCHEMA = answerSchema<AnswerCaution>({
  pointer: { ...TEXT, description: 'The field of the answer, such as `/odometerMiles`' },
  least: { type: 'number' },
  most: { type: 'number' },
  detail: TEXT,
});

/** An answer that somebody proposed. */
const PROPOSAL_SCHEMA = answerSchema<NonNullable<RequestDetail['proposal']>>({
  proposer: TEXT,
  at: MOMENT,
  answer: FIELDS,
});

const ALLOWED_SCHEMA: Schema = {
  oneOf: [
    {
      type: 'object',
      properties: {
        command: { type: 'string', enum: STAFF_COMMANDS },
        allowed: { type: 'boolean', const: true },
      },
      required: ['command', 'allowed'],
    },
    {
      type: 'object',
      properties: {
        command: { type: 'string', enum: STAFF_COMMANDS },
        allowed: { type: 'boolean', const: false },
        why: { ...TEXT, description: 'The sentence that the command would be refused with' },
      },
      required: ['command', 'allowed', 'why'],
    },
  ],
};

const REQUEST_DETAIL_SCHEMA = answerSchema<RequestDetail>({
  ...LISTED_FIELDS,
  payload: named('Payload'),
  submittedPayload: orNull(named('Payload')),
  corrections: listOf(named('Correction')),
  typeVersion: { type: 'integer', minimum: 1 },
  channel: TEXT,
  submittedBy: TEXT,
  agreementId: TEXT,
  question: orNull({ ...TEXT, description: 'The question that waits for the reply of the force' }),
  proposal: orNull({ ...PROPOSAL_SCHEMA, description: 'The answer that awaits a second person' }),
  returnedProposal: orNull({
    ...PROPOSAL_SCHEMA,
    description: 'The proposed answer that was returned, until another is proposed',
  }),
  answer: orNull({
    ...FIELDS,
    description: 'The newest answer; a reopened request keeps it until there is another',
  }),
  reason: orNull({ ...TEXT, description: 'The reason for which it is declined, withdrawn or on hold' }),
  belongsTo: orNull({ ...TEXT, description: 'The place where a declined request belongs' }),
  timeline: { ...listOf(named('TimelineEntry')), description: 'Newest first' },
  notes: listOf(named('Note')),
  record: orNull({ ...FIELDS, description: 'The unit’s own record of the request' }),
  allowed: {
    ...listOf(named('AllowedCommand')),
    description: 'Every command that exists for the type, and whether you may give it now',
  },
  changedSinceProposal: orNull(
    answerSchema<NonNullable<RequestDetail['changedSinceProposal']>>({
      corrections: listOf(named('Correction')),
      notes: listOf(named('Note')),
      events: listOf(named('TimelineEntry')),
    }),
  ),
  forceContact: orNull({ ...TEXT, description: 'The person to speak to at the force' }),
  cautions: {
    ...listOf(CAUTION_SCHEMA),
    description:
      'The numbers that are expected in an answer. Ask a person who gives another one whether it is right',
  },
  links: { ...listOf(named('Link')), description: 'Links to other requests of the same force, newest first' },
  related: {
    ...listOf(named('RelatedRequest')),
    description: 'Other requests of the same force about the same thing, newest first',
  },
});

/** The schemas that a request consists of, by their names in the document. */
export const REQUEST_SCHEMAS: Readonly<Record<string, Schema>> = {
  Request: REQUEST_DETAIL_SCHEMA,
  Correction: CORRECTION_SCHEMA,
  Note: NOTE_SCHEMA,
  TimelineEntry: TIMELINE_ENTRY_SCHEMA,
  RelatedRequest: RELATED_SCHEMA,
  AllowedCommand: ALLOWED_SCHEMA,
};
