import { CLOCK_NAME_PATTERN, FORCE_SLUG_MAX, SLUG_PATTERN, UNIT_SLUG_MAX, UUID_PATTERN } from '#kernel';
import { MESSAGE_ID_MAX } from './envelope.ts';
import {
  CivilDate,
  Instant,
  ListOf,
  Nested,
  OneOf,
  Text,
  TextList,
  Whole,
  JsonObject,
  YesNo,
} from './field.ts';

/** The longest reference that a force may give a request. */
export const REFERENCE_MAX = 80;

/** True for what a submission may have as its reference: visible ASCII without spaces. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.length <= REFERENCE_MAX && /^[!-~]+$/.test(value);
}

const AN_ID = {
  max: 36,
  pattern: UUID_PATTERN,
  expected: 'an id as it was given out, such as 0198c2b4-5a1e-7c3d-9e2f-0a1b2c3d4e5f',
} as const;
const A_TYPE = {
  max: 60,
  pattern: SLUG_PATTERN,
  expected: 'the name of a request type, such as vehicle-repair',
} as const;
const A_UNIT = {
  max: UNIT_SLUG_MAX,
  pattern: SLUG_PATTERN,
  expected: 'the name of a unit, such as fleet',
} as const;

/** What a force submits, by either door: the same body over REST and over Kafka. */
export class Submission {
  @Text({ ...A_TYPE, help: 'The request type, such as vehicle-repair' })
  type!: string;

  @Text({
    max: REFERENCE_MAX,
    pattern: '^[!-~]+$',
    expected: '1 to 80 letters, digits and signs of ASCII without spaces, such as BCH-2026-0117',
    help: "The force's own reference, unique within the force",
  })
  reference!: string;

  @Whole({ min: 1, max: 99, optional: true, help: 'Version of the request type; the newest when left out' })
  version?: number;

  @JsonObject({ help: 'The fields of the request type: see /schemas/{type}/{version}' })
  payload!: Record<string, unknown>;

  @Text({
    max: 300,
    optional: true,
    example: 'repairs-march.csv, line 17',
    help: 'Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.',
  })
  origin?: string;
}

/** A force's answer to a question that the unit asked. */
export class QuestionReply {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({ max: 4000, personal: true, example: 'The vehicle is in bay 4.' })
  message!: string;

  @Whole({
    min: 1,
    max: 999_999_999,
    optional: true,
    help: 'The version of the request (its sequence) that carried the question. A reply to an earlier question is then never taken as the answer to a later one.',
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
    help: 'Why; who works on it reads it',
  })
  reason!: string;
}

/** A force tells more of its request, unasked. */
export class Information {
  @Text({ ...AN_ID })
  requestId!: string;

  @Text({
    max: 4000,
    personal: true,
    example: 'The keys are at the front desk.',
    help: 'What who works on it should know; it stands among the notes',
  })
  message!: string;
}

/** A force corrects what it submitted: the fields that were wrong, and no others. */
export class Correction {
  @Text({ ...AN_ID })
  requestId!: string;

  @JsonObject({
    personal: true,
    help: 'Each field that was wrong as it should be; null leaves an optional one out. A field is replaced whole',
  })
  payload!: Record<string, unknown>;

  @Text({
    max: 4000,
    personal: true,
    example: 'The mark was read wrongly.',
    help: 'Why; who works on it reads it',
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
    help: 'Why the answer is not enough; who works on it reads it',
  })
  reason!: string;
}

/** On `unit.<unit>.requests.v1`: a request that intake accepted and stored. */
export class SubmittedRequest {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...A_TYPE }) type!: string;
  @Whole({ min: 1, max: 99 }) version!: number;
  @Text({ max: REFERENCE_MAX }) forceReference!: string;
  @JsonObject() payload!: Record<string, unknown>;
  /** When intake took it: where a clock starts unless its definition names an earlier moment. */
  @Instant() receivedAt!: string;
  @OneOf(['rest', 'kafka']) channel!: string;
  @Text({ max: 120, help: 'The credential that submitted it' }) submittedBy!: string;
  @Text({ max: 80, help: 'The agreement it was accepted under' }) agreementId!: string;
}

/** On `unit.<unit>.requests.v1`: the force answered the unit's question. */
export class ForceReplied {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) message!: string;
  @Whole({
    min: 1,
    max: 999_999_999,
    optional: true,
    help: 'The version of the request that carried the question it answers',
  })
  questionVersion?: number;
  @Instant() repliedAt!: string;
  @Text({ max: 120 }) repliedBy!: string;
}

/** On `unit.<unit>.requests.v1`: the force wants its request back. The unit withdraws it, or refuses with the reason. */
export class WithdrawalRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** On `unit.<unit>.requests.v1`: the force tells more of its request. */
export class InformationAdded {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) message!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** On `unit.<unit>.requests.v1`: the force corrects its request. The unit takes it whole, or refuses with the reason. */
export class CorrectionRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @JsonObject({ personal: true, help: 'The fields to replace; null leaves one out' }) payload!: Record<
    string,
    unknown
  >;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** On `unit.<unit>.requests.v1`: the force wants an answered or declined request worked again. The unit queues it, or refuses with the reason. */
export class ReopeningRequested {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID, help: 'Names the change until the unit has settled it' }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) reason!: string;
  /** Decides whether it is in time, and starts the clocks: what waits on the way costs the force nothing. */
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}

/** The states a force sees; `accepted` is intake's own, the others come from the unit. */
export const REQUEST_STATES = [
  'accepted',
  'queued',
  'claimed',
  'held',
  'waiting-for-force',
  'awaiting-decision',
  'answered',
  'declined',
  'withdrawn',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** One clock as the force sees it. */
export class ClockReading {
  @Text({ max: 60 }) name!: string;
  @Instant({ optional: true, computed: true, help: 'Absent while the clock is paused' }) dueAt?: string;
  @OneOf(['running', 'paused', 'met', 'breached']) state!: string;
}

/** The question that waits for the force's reply. */
export class OpenQuestion {
  @Text({ max: 4000, personal: true, relayed: true }) text!: string;
  @Whole({
    min: 1,
    max: 1_000_000,
    help: 'The sequence of the change that asked it: `questionVersion` of a reply',
  })
  version!: number;
}

/** A request as it is after a change, whatever happened before. */
export class CurrentRequest {
  @OneOf(REQUEST_STATES) state!: RequestState;
  @Nested(() => OpenQuestion, { optional: true, help: 'While the request waits for its force' })
  question?: OpenQuestion;
  @Text({
    max: 4000,
    optional: true,
    personal: true,
    relayed: true,
    help: 'The reason given with the last change. The reason for a hold stays until the hold ends',
  })
  reason?: string;
  @Text({ max: 200, optional: true, relayed: true, help: 'Where a declined request belongs' })
  belongsTo?: string;
  @CivilDate({ optional: true, help: 'The last day on which the force may ask to reopen it' })
  reopenUntil?: string;
}

/** On `force.<force>.events.v1`: something happened to a request in its unit. */
export class RequestChanged {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ max: REFERENCE_MAX }) forceReference!: string;
  @Text({ ...A_UNIT }) unit!: string;
  @Text({ ...A_TYPE }) type!: string;
  @Text({
    max: 30,
    help: 'The unit’s short reference, such as FLT-26-000123; `none` of a request that the unit could not take',
  })
  unitReference!: string;
  @OneOf(REQUEST_STATES) state!: RequestState;
  /** Rises by one with each change of the request in its unit, from 1. */
  @Whole({ min: 1, max: 1_000_000 }) sequence!: number;
  /** When it happened: what a force did (a reply, a withdrawal) happened when intake took it, not when the unit read it. */
  @Instant() at!: string;
  @Text({ max: 120, optional: true, help: 'Role in the unit, never a name' }) byRole?: string;
  @Text({ max: 4000, optional: true, personal: true, relayed: true, help: 'What the unit asks the force' })
  question?: string;
  @Text({ max: 4000, optional: true, personal: true, relayed: true }) reason?: string;
  @Text({ max: 200, optional: true, relayed: true, help: 'Where a declined request belongs' })
  belongsTo?: string;
  @Text({
    max: 60,
    pattern: CLOCK_NAME_PATTERN,
    expected: 'the name of a milestone, such as made-safe',
    optional: true,
    help: 'What was reached on the way to the answer, such as made-safe',
  })
  milestone?: string;
  @JsonObject({ optional: true, help: 'The answer, with what the unit recorded' }) answer?: Record<
    string,
    unknown
  >;
  @JsonObject({ optional: true, personal: true, help: 'Of a correction: the payload as it now stands' })
  payload?: Record<string, unknown>;
  @CivilDate({
    optional: true,
    help: 'Of an answer or a declining: the last day on which the force may ask to reopen it. Absent where it may not',
  })
  reopenUntil?: string;
  @ListOf(() => ClockReading, { max: 12, optional: true }) clocks?: ClockReading[];
  @Nested(() => CurrentRequest, {
    optional: true,
    help: 'The request as it is now. The clocks and the answer stand beside it. Absent in an event that moves nothing, and in events of older units',
  })
  current?: CurrentRequest;
  @Text({ ...AN_ID, optional: true, help: 'The change the force asked for that this settles' })
  changeId?: string;
  @JsonObject({
    optional: true,
    help: 'Why the unit refused the change, or could not take the request: RFC 9457 problem details',
  })
  problem?: Record<string, unknown>;
}

/** On `force.<force>.events.v1`: intake refused what the force published; the problem says why. */
export class RequestRefused {
  @Text({ ...AN_ID, help: 'Id under which the refusal is kept' }) refusalId!: string;
  @Text({
    max: MESSAGE_ID_MAX,
    optional: true,
    help: 'CloudEvents id of the refused message, when it had one',
  })
  messageId?: string;
  @Text({ max: REFERENCE_MAX, optional: true }) forceReference?: string;
  @JsonObject({ help: 'RFC 9457 problem details, as REST would have answered' }) problem!: Record<
    string,
    unknown
  >;
  @Instant() at!: string;
}

/** A chief officer's recorded delegation of a decision: no certificate without a valid one. */
export class Delegation {
  @Text({ max: FORCE_SLUG_MAX, pattern: SLUG_PATTERN, expected: 'the name of a force, such as bedfordshire' })
  force!: string;
  @Text({ max: 120, help: 'The person who may decide (subject of the token)' }) person!: string;
  @TextList({ max: 50, maxLength: 60 }) requestTypes!: string[];
  @CivilDate() validFrom!: string;
  @CivilDate({ optional: true }) validTo?: string;
}

/** On `collaboration.agreements.v1`, compacted by agreement id: who shares what, and whether it is live. */
export class AgreementPublished {
  @Text({ max: 80, pattern: '^[a-z0-9][a-z0-9.-]*$', expected: 'the id of an agreement, such as fleet-2026' })
  agreementId!: string;
  @Text({ max: 10, pattern: '^[FN][0-9]{1,3}$', expected: 'the id of a function, such as F12' })
  functionId!: string;
  @Text({ max: 200 }) title!: string;
  @Text({ ...A_UNIT, help: 'The unit that does the work' }) unit!: string;
  @TextList({ max: 50, min: 1, maxLength: 31 }) participants!: string[];
  @OneOf(['live', 'suspended', 'ended']) status!: string;
  @CivilDate() from!: string;
  @CivilDate({ optional: true }) to?: string;
  /** Rises with each variation; an older one never replaces a newer one. */
  @Whole({ min: 1, max: 1_000_000 }) edition!: number;
  @YesNo({ help: 'An invented agreement for demonstration, no published one' }) demonstration!: boolean;
  @ListOf(() => Delegation, { max: 500 }) delegations!: Delegation[];
}

/** Every message type, by its CloudEvents type: one class each, the wire format's only declaration. */
export const MESSAGE_TYPES = {
  'concordat.submit-request.v1': Submission,
  'concordat.reply-to-question.v1': QuestionReply,
  'concordat.withdraw-request.v1': Withdrawal,
  'concordat.add-information.v1': Information,
  'concordat.correct-request.v1': Correction,
  'concordat.reopen-request.v1': Reopening,
  'concordat.request-submitted.v1': SubmittedRequest,
  'concordat.force-replied.v1': ForceReplied,
  'concordat.withdrawal-requested.v1': WithdrawalRequested,
  'concordat.information-added.v1': InformationAdded,
  'concordat.correction-requested.v1': CorrectionRequested,
  'concordat.reopening-requested.v1': ReopeningRequested,
  'concordat.request-queued.v1': RequestChanged,
  'concordat.request-not-taken.v1': RequestChanged,
  'concordat.request-claimed.v1': RequestChanged,
  'concordat.request-released.v1': RequestChanged,
  'concordat.request-held.v1': RequestChanged,
  'concordat.request-resumed.v1': RequestChanged,
  'concordat.question-asked.v1': RequestChanged,
  'concordat.question-withdrawn.v1': RequestChanged,
  'concordat.reply-received.v1': RequestChanged,
  'concordat.milestone-reached.v1': RequestChanged,
  'concordat.decision-proposed.v1': RequestChanged,
  'concordat.decision-returned.v1': RequestChanged,
  'concordat.request-answered.v1': RequestChanged,
  'concordat.request-declined.v1': RequestChanged,
  'concordat.request-withdrawn.v1': RequestChanged,
  'concordat.information-received.v1': RequestChanged,
  'concordat.request-corrected.v1': RequestChanged,
  'concordat.request-reopened.v1': RequestChanged,
  'concordat.change-refused.v1': RequestChanged,
  'concordat.request-refused.v1': RequestRefused,
  'concordat.agreement-published.v1': AgreementPublished,
} as const satisfies Record<string, new () => object>;

export type MessageType = keyof typeof MESSAGE_TYPES;
export type MessageValue<Type extends MessageType> = InstanceType<(typeof MESSAGE_TYPES)[Type]>;
