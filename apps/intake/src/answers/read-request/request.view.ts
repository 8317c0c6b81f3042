import { ClockReading, REQUEST_STATES, schemaOf } from '#contracts';
import type { PoolClient } from '#persistence';
import { ANY, answerSchema, listOf, MOMENT, orNull, TEXT, UUID, type DescribedParameter } from '#web';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { READ_REQUEST } from './request-view.sql.ts';

/** A request as its force reads it, the same by every route. */
export interface RequestView {
  readonly id: string;
  readonly reference: string;
  readonly type: string;
  readonly version: number;
  readonly unit: string;
  /** The line that says what it is about, as staff see it; empty if its type is no longer declared. */
  readonly subject: string;
  readonly unitReference: string | null;
  readonly state: string;
  /**
   * The version of the record, and its ETag: 0 until the unit has it, then the unit's own count of changes.
   */
  readonly sequence: number;
  readonly agreementId: string;
  readonly channel: string;
  readonly origin: string | null;
  readonly receivedAt: Date;
  readonly updatedAt: Date;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly submittedPayload: unknown;
  readonly question: string | null;
  readonly answer: unknown;
  readonly reopenUntil: string | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  readonly clocks: readonly unknown[];
  /** The changes that the force asked for later, oldest first, with their results. */
  readonly changes: readonly unknown[];
}

export const REQUEST_SCHEMA = answerSchema<RequestView>({
  id: UUID,
  reference: { ...TEXT, description: "The force's own reference" },
  type: TEXT,
  version: { type: 'integer', minimum: 1 },
  unit: TEXT,
  subject: { ...TEXT, description: 'What the request is about in one line' },
  unitReference: orNull({
    ...TEXT,
    description: "The unit's short reference, such as FLT-26-000123; null until the unit has the request",
  }),
  state: { type: 'string', enum: REQUEST_STATES },
  sequence: {
    type: 'integer',
    minimum: 0,
    description: "0 until the unit has the request, then the unit's count of changes",
  },
  agreementId: TEXT,
  channel: { type: 'string', enum: ['rest', 'kafka'] },
  origin: orNull(TEXT),
  receivedAt: MOMENT,
  updatedAt: MOMENT,
  payload: {
    type: 'object',
    description: 'The current payload, with every correction that the unit accepted',
  },
  submittedPayload: {
    ...ANY,
    description: 'The payload as submitted, if it was corrected later; otherwise null',
  },
  question: orNull({ ...TEXT, description: 'The question of the unit, while it waits for the force' }),
  answer: {
    ...ANY,
    description:
      'The answer and what the unit recorded; null before the answer. Its fields: /schemas/{type}/{version}/answer',
  },
  reopenUntil: orNull({
    type: 'string',
    format: 'date',
    description: 'The last day on which you may reopen the request; null if you may not',
  }),
  reason: orNull(TEXT),
  belongsTo: orNull({ ...TEXT, description: 'Where a declined request belongs' }),
  clocks: listOf(schemaOf(ClockReading)),
  changes: listOf({
    type: 'object',
    description:
      'Changes that the force asked for later: `requested` until the unit has decided, then `done`, or `refused` with the problem',
    properties: {
      id: UUID,
      kind: TEXT,
      state: TEXT,
      says: {
        ...ANY,
        description: 'The reason, the message, or the corrected fields',
      },
      requestedBy: TEXT,
      requestedAt: MOMENT,
      settledAt: orNull(MOMENT),
      problem: ANY,
    },
  }),
});

export const REQUEST_ID: DescribedParameter = { help: 'The id of the request, from the 201', schema: UUID };

/** A view as PostgreSQL gives it. */
export type StoredView = Omit<RequestView, 'subject'>;

/** Adds what the request is about. */
export const withSubject = (types: RequestTypeDirectory, view: StoredView): RequestView => ({
  ...view,
  subject: types.subjectOf(view.type, view.version, view.payload),
});

/** Reads one request of the force; undefined if this force has no request with that id. */
export async function readRequest(
  client: PoolClient,
  types: RequestTypeDirectory,
  force: string,
  id: string,
): Promise<RequestView | undefined> {
  const { rows } = await client.query<StoredView>({
    name: 'read-request',
    text: READ_REQUEST,
    values: [force, id],
  });
  return rows[0] && withSubject(types, rows[0]);
}
