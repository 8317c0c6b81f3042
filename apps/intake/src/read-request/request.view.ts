import { ClockReading, REQUEST_STATES, schemaOf } from '#contracts';
import type { PoolClient } from '#persistence';
import { ANY, answerSchema, listOf, MOMENT, orNull, TEXT, UUID, type DescribedParameter } from '#web';
import type { StorableSubmission } from '../submit-request/submission.ts';
import { READ_REQUEST } from './request-view.sql.ts';

/** A request as its force reads it, by every route the same. */
export interface RequestView {
  readonly id: string;
  readonly reference: string;
  readonly type: string;
  readonly version: number;
  readonly unit: string;
  readonly unitReference: string | null;
  readonly state: string;
  /** Version of the record, and its ETag: 0 until the unit has it, then the unit's own count of changes. */
  readonly sequence: number;
  readonly agreementId: string;
  readonly channel: string;
  readonly origin: string | null;
  readonly receivedAt: Date;
  readonly updatedAt: Date;
  readonly payload: unknown;
  readonly submittedPayload: unknown;
  readonly question: string | null;
  readonly answer: unknown;
  readonly reopenUntil: string | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  readonly clocks: readonly unknown[];
  /** What the force wanted changed since, oldest first, and what became of it. */
  readonly changes: readonly unknown[];
}

export const REQUEST_SCHEMA = answerSchema<RequestView>({
  id: UUID,
  reference: { ...TEXT, description: "The force's own" },
  type: TEXT,
  version: { type: 'integer', minimum: 1 },
  unit: TEXT,
  unitReference: orNull({
    ...TEXT,
    description: "The unit's short reference, such as FLT-26-000123; null until the unit has it",
  }),
  state: { type: 'string', enum: REQUEST_STATES },
  sequence: {
    type: 'integer',
    minimum: 0,
    description: "0 until the unit has it, then the unit's own count of changes",
  },
  agreementId: TEXT,
  channel: { type: 'string', enum: ['rest', 'kafka'] },
  origin: orNull(TEXT),
  receivedAt: MOMENT,
  updatedAt: MOMENT,
  payload: { type: 'object', description: 'As it stands, with every correction that the unit has taken' },
  submittedPayload: { ...ANY, description: 'As it was sent, where it was corrected since; otherwise null' },
  question: orNull({ ...TEXT, description: 'What the unit asks, while it waits for the force' }),
  answer: {
    ...ANY,
    description:
      'The answer with what the unit recorded; null before it. Its fields: /schemas/{type}/{version}/answer',
  },
  reopenUntil: orNull({
    type: 'string',
    format: 'date',
    description: 'The last day on which you may ask to reopen it; null where you may not',
  }),
  reason: orNull(TEXT),
  belongsTo: orNull({ ...TEXT, description: 'Where a declined request belongs' }),
  clocks: listOf(schemaOf(ClockReading)),
  changes: listOf({
    type: 'object',
    description:
      'What the force wanted changed since: requested until the unit has decided, then done, or refused with its problem',
    properties: {
      id: UUID,
      kind: TEXT,
      state: TEXT,
      says: {
        ...ANY,
        description: 'What the force said: its reason, its message, or the fields it corrected',
      },
      requestedBy: TEXT,
      requestedAt: MOMENT,
      settledAt: orNull(MOMENT),
      problem: ANY,
    },
  }),
});

export const REQUEST_ID: DescribedParameter = { help: 'Id of the request, as the 201 gave it', schema: UUID };

/** One request of the force, or undefined: another force's is not there either. */
export async function readRequest(
  client: PoolClient,
  force: string,
  id: string,
): Promise<RequestView | undefined> {
  const { rows } = await client.query<RequestView>({
    name: 'read-request',
    text: READ_REQUEST,
    values: [force, id],
  });
  return rows[0];
}

/** The view of what was stored a moment ago, without reading it again. */
export function viewOfNew(
  { id, channel, checked }: StorableSubmission,
  agreementId: string,
  receivedAt: Date,
): RequestView {
  return {
    id,
    reference: checked.reference,
    type: checked.type.name,
    version: checked.type.version,
    unit: checked.type.unit,
    unitReference: null,
    state: 'accepted',
    sequence: 0,
    agreementId,
    channel,
    origin: checked.origin,
    receivedAt,
    updatedAt: receivedAt,
    payload: checked.payload,
    submittedPayload: null,
    question: null,
    answer: null,
    reopenUntil: null,
    reason: null,
    belongsTo: null,
    clocks: [],
    changes: [],
  };
}
