import { Instant, JsonObject, Text, Whole } from './field.ts';
import { AN_ID } from './identifiers.ts';
import type { ProblemCode } from './problem.ts';

/** A force replies to a question that the unit asked. */
export class QuestionReply {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({ max: 4000, personal: true, example: 'The vehicle is in bay 4.' })
  message!: string;

  @Whole({
    min: 1,
    max: 999_999_999,
    optional: true,
    help: 'The version (sequence) of the request that carried the question. With it, a reply to an earlier question is never taken for a reply to a later one.',
  })
  questionVersion?: number;
}

/** A force takes its request back. */
export class Withdrawal {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({
    max: 4000,
    personal: true,
    example: 'The fault was found and mended on site.',
    help: 'Why you withdraw the request. The staff who work on it read this',
  })
  reason!: string;
}

/** A force adds information to its request without being asked. */
export class Information {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({
    max: 4000,
    personal: true,
    example: 'The keys are at the front desk.',
    help: 'Something that the staff who work on the request should know. It is added to the notes',
  })
  message!: string;
}

/** A force corrects fields of a request that it submitted. Fields that it does not name stay as they are. */
export class Correction {
  @Text({ ...AN_ID })
  requestId!: string;

  @JsonObject({
    personal: true,
    help: 'The corrected value of each wrong field; null removes an optional field. A field is replaced as a whole',
  })
  payload!: Record<string, unknown>;

  @Text({
    max: 4000,
    personal: true,
    example: 'The mark was read wrongly.',
    help: 'Why you correct the request. The staff who work on it read this',
  })
  reason!: string;
}

/** A force asks for more work on a request that was answered or declined. */
export class Reopening {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({
    max: 4000,
    personal: true,
    example: 'The fault is back.',
    help: 'Why the answer is not enough. The staff who work on the request read this',
  })
  reason!: string;
}

/** On `unit.<unit>.requests.v1`: the force answered the unit's question. */
export class ForceReplied {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) message!: string;
  @Whole({
    min: 1,
    max: 999_999_999,
    optional: true,
    help: 'The version of the request that carried the question',
  })
  questionVersion?: number;
  @Instant() repliedAt!: string;
  @Text({ max: 120 }) repliedBy!: string;
}

/**
 * On `unit.<unit>.requests.v1`: the force withdraws its request. The unit accepts, or refuses with the
 * reason.
 */
export class WithdrawalRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** On `unit.<unit>.requests.v1`: the force adds information to its request. */
export class InformationAdded {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) message!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/**
 * On `unit.<unit>.requests.v1`: the force corrects its request. The unit accepts all of it, or refuses with
 * the reason.
 */
export class CorrectionRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @JsonObject({ personal: true, help: 'The fields to replace; null removes a field' }) payload!: Record<
    string,
    unknown
  >;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/**
 * On `unit.<unit>.requests.v1`: the force reopens a finished request. The unit queues it, or refuses with the
 * reason.
 */
export class ReopeningRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  /**
   * This time decides whether the reopening is in time, and starts the clocks: a delay on the way costs the
   * force nothing.
   */
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** One message that a force may send about a request after it submitted it. */
export interface ForceMessageDeclaration {
  /** On the force's requests topic. Over REST, the body is the same without the request id. */
  readonly received: { readonly type: string; readonly body: new () => { requestId: string } };
  /** On the unit's requests topic, to which intake forwards it. */
  readonly forwarded: { readonly type: string; readonly body: new () => { requestId: string } };
  /** The command of the life cycle that it asks for, as `libs/requests` names it. */
  readonly command: string;
  /** The unit decides on a change. Until then, intake lists it under `changes` of the request. */
  readonly isChange: boolean;
  /** The route is `POST /v1/requests/{id}/<path>`. */
  readonly path: string;
  /** Name of the operation in the description of the routes. */
  readonly operation: string;
  readonly summary: string;
  readonly details?: string;
  /** A body that the description shows. */
  readonly example: object;
  /** Codes of problems that only this message has. */
  readonly problems: readonly ProblemCode[];
}

/**
 * Every message that a force may send about a request after it submitted it. Routes, their description, the
 * messages that intake reads from Kafka and forwards, the messages that units read, and the client of a force
 * are made from this table. A unit has one handler for each entry
 * (`libs/unit/src/arrive/receive-from-force.ts`).
 */
export const FORCE_MESSAGES = {
  reply: {
    received: { type: 'concordat.reply-to-question.v1', body: QuestionReply },
    forwarded: { type: 'concordat.force-replied.v1', body: ForceReplied },
    command: 'reply',
    isChange: false,
    path: 'replies',
    operation: 'replyToQuestion',
    summary: 'Tell the unit what it asked, or anything else while the request is open',
    example: { message: 'It is parked in bay 4, keys with the front counter.' },
    problems: [],
  },
  withdraw: {
    received: { type: 'concordat.withdraw-request.v1', body: Withdrawal },
    forwarded: { type: 'concordat.withdrawal-requested.v1', body: WithdrawalRequested },
    command: 'withdraw',
    isChange: true,
    path: 'withdraw',
    operation: 'withdrawRequest',
    summary: 'Take a request back',
    details:
      'The unit decides, because it knows what has been done: its event `request-withdrawn` or `change-refused` settles it.',
    example: { reason: 'The vehicle was sold.' },
    problems: [],
  },
  inform: {
    received: { type: 'concordat.add-information.v1', body: Information },
    forwarded: { type: 'concordat.information-added.v1', body: InformationAdded },
    command: 'inform',
    isChange: true,
    path: 'information',
    operation: 'addInformation',
    summary: 'Tell the unit more about a request without being asked',
    details:
      'The people who work on the request read it among its notes. The unit’s event `information-received` or `change-refused` settles it.',
    example: { message: 'It stands in bay 7 now.' },
    problems: [],
  },
  correct: {
    received: { type: 'concordat.correct-request.v1', body: Correction },
    forwarded: { type: 'concordat.correction-requested.v1', body: CorrectionRequested },
    command: 'correct',
    isChange: true,
    path: 'corrections',
    operation: 'correctRequest',
    summary: 'Correct what was submitted',
    details:
      'Name each field that was wrong, as it should be; null leaves an optional field out, and a field is replaced whole. A field may be corrected as long as its `x-correctable` in the schema of the type says; a field without one is fixed. The unit’s event `request-corrected`, with the whole payload as it is then, or `change-refused` settles it.',
    example: { payload: { location: 'Southern station yard' }, reason: 'The vehicle was moved.' },
    problems: ['not-correctable', 'invalid-payload'],
  },
  reopen: {
    received: { type: 'concordat.reopen-request.v1', body: Reopening },
    forwarded: { type: 'concordat.reopening-requested.v1', body: ReopeningRequested },
    command: 'reopen',
    isChange: true,
    path: 'reopen',
    operation: 'reopenRequest',
    summary: 'Ask for more work on an answered or declined request',
    details:
      'It is possible until the end of the day that `reopenUntil` names, and while an agreement with the unit is live. The request goes back to the queue with its history, and its clocks start again. The unit’s event `request-reopened` or `change-refused` settles it.',
    example: { reason: 'The same noise is back.' },
    problems: ['not-reopenable', 'no-agreement'],
  },
} as const satisfies Readonly<Record<string, ForceMessageDeclaration>>;

export type ForceMessageKind = keyof typeof FORCE_MESSAGES;
/** The kinds on which the unit decides. */
export type ChangeKind = {
  [Kind in ForceMessageKind]: (typeof FORCE_MESSAGES)[Kind]['isChange'] extends true ? Kind : never;
}[ForceMessageKind];

/** The fields of a message beside the request id, as the force sent them. */
export type ForceMessageFields<Kind extends ForceMessageKind> = Omit<
  InstanceType<(typeof FORCE_MESSAGES)[Kind]['received']['body']>,
  'requestId'
>;
/** The value of a message as intake forwards it to the unit. */
export type ForwardedValue<Kind extends ForceMessageKind> = InstanceType<
  (typeof FORCE_MESSAGES)[Kind]['forwarded']['body']
>;

export const FORCE_MESSAGE_KINDS = Object.keys(FORCE_MESSAGES) as readonly ForceMessageKind[];

/** The kind of a message by its type on one of the two topics; undefined for any other type. */
export function forceMessageKindOf(
  way: 'received' | 'forwarded',
  type: string,
): ForceMessageKind | undefined {
  return FORCE_MESSAGE_KINDS.find((kind) => FORCE_MESSAGES[kind][way].type === type);
}
