import { CLOCK_NAME_PATTERN, FORCE_SLUG_MAX, SLUG_PATTERN } from '#kernel';
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
import { FORCE_MESSAGES, type ForceMessageKind } from './force-messages.ts';
import { A_TYPE, A_UNIT, AN_ID } from './identifiers.ts';

/** The longest reference that a force may give a request. */
export const REFERENCE_MAX = 80;

/** True for what a submission may have as its reference: visible ASCII without spaces. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.length <= REFERENCE_MAX && /^[!-~]+$/.test(value);
}

/** A force submits a request with this body, the same over REST and over Kafka. */
export class Submission {
  @Text({ ...A_TYPE, help: 'The request type, such as vehicle-repair' })
  type!: string;

  @Text({
    max: REFERENCE_MAX,
    pattern: '^[!-~]+$',
    expected: '1 to 80 visible ASCII characters without spaces, such as BCH-2026-0117',
    help: "The force's own reference, unique within the force",
  })
  reference!: string;

  @Whole({ min: 1, max: 99, optional: true, help: 'Version of the request type; the newest if left out' })
  version?: number;

  @JsonObject({ help: 'The fields of the request type: see /schemas/{type}/{version}' })
  payload!: Record<string, unknown>;

  @Text({
    max: 300,
    optional: true,
    example: 'repairs-march.csv, line 17',
    help: 'The source in your own system, such as a file and line or a screen. Kept and returned, never compared.',
  })
  origin?: string;
}

/** On `unit.<unit>.requests.v1`: a request that intake accepted and stored. */
export class SubmittedRequest {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...A_TYPE }) type!: string;
  @Whole({ min: 1, max: 99 }) version!: number;
  @Text({ max: REFERENCE_MAX }) forceReference!: string;
  @JsonObject() payload!: Record<string, unknown>;
  /**
   * The time at which intake accepted it. Clocks start here unless their definition names an earlier moment.
   */
  @Instant() receivedAt!: string;
  @OneOf(['rest', 'kafka']) channel!: string;
  @Text({ max: 120, help: 'The credential that submitted it' }) submittedBy!: string;
  @Text({ max: 80, help: 'The agreement it was accepted under' }) agreementId!: string;
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
    help: 'The unit’s short reference, such as FLT-26-000123; `none` if the unit could not take the request',
  })
  unitReference!: string;
  @OneOf(REQUEST_STATES) state!: RequestState;
  /** Starts at 1 and rises by one with each change of the request in its unit. */
  @Whole({ min: 1, max: 1_000_000 }) sequence!: number;
  /**
   * The time of the change. A reply or withdrawal happened when intake accepted it, not when the unit read
   * it.
   */
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
    help: 'The step that was reached on the way to the answer, such as made-safe',
  })
  milestone?: string;
  @JsonObject({ optional: true, help: 'The answer, with what the unit recorded' }) answer?: Record<
    string,
    unknown
  >;
  @JsonObject({ optional: true, personal: true, help: 'After a correction: the whole payload as it is now' })
  payload?: Record<string, unknown>;
  @CivilDate({
    optional: true,
    help: 'After an answer or a decline: the last day on which the force may reopen the request. Absent if it may not',
  })
  reopenUntil?: string;
  @ListOf(() => ClockReading, { max: 12, optional: true }) clocks?: ClockReading[];
  @Nested(() => CurrentRequest, {
    optional: true,
    help: 'The request as it is now. The clocks and the answer stand beside it. Absent in an event that moves nothing, and in events of older units',
  })
  current?: CurrentRequest;
  @Text({ ...AN_ID, optional: true, help: 'The id of the change by the force that this event settles' })
  changeId?: string;
  @JsonObject({
    optional: true,
    help: 'Why the unit refused the change, or could not take the request: RFC 9457 problem details',
  })
  problem?: Record<string, unknown>;
}

/** On `force.<force>.events.v1`: intake refused a message that the force published; the problem says why. */
export class RequestRefused {
  @Text({ ...AN_ID, help: 'The id of the refusal in intake' }) refusalId!: string;
  @Text({ max: MESSAGE_ID_MAX, optional: true, help: 'CloudEvents id of the refused message, if it had one' })
  messageId?: string;
  @Text({ max: REFERENCE_MAX, optional: true }) forceReference?: string;
  @JsonObject({ help: 'The same RFC 9457 problem details that REST would answer' }) problem!: Record<
    string,
    unknown
  >;
  @Instant() at!: string;
}

/** A chief officer's recorded delegation of a decision. A certificate needs a valid one. */
export class Delegation {
  @Text({ max: FORCE_SLUG_MAX, pattern: SLUG_PATTERN, expected: 'the name of a force, such as bedfordshire' })
  force!: string;
  @Text({ max: 120, help: 'The person who may decide (subject of the token)' }) person!: string;
  @TextList({ max: 50, maxLength: 60 }) requestTypes!: string[];
  @CivilDate() validFrom!: string;
  @CivilDate({ optional: true }) validTo?: string;
}

/**
 * On `collaboration.agreements.v1`, compacted by agreement id: the parties, the function, and whether it is
 * live.
 */
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
  /** Rises with each variation; an older edition never replaces a newer one. */
  @Whole({ min: 1, max: 1_000_000 }) edition!: number;
  @YesNo({ help: 'True for an invented agreement that only serves the demonstration' })
  demonstration!: boolean;
  @ListOf(() => Delegation, { max: 500 }) delegations!: Delegation[];
}

type ForceMessageClasses<Way extends 'received' | 'forwarded'> = {
  [
    Kind in ForceMessageKind as (typeof FORCE_MESSAGES)[Kind][Way]['type']
  ]: (typeof FORCE_MESSAGES)[Kind][Way]['body'];
};

function classesOf<Way extends 'received' | 'forwarded'>(way: Way): ForceMessageClasses<Way> {
  const entries = Object.values(FORCE_MESSAGES).map(({ [way]: { type, body } }) => [type, body]);
  return Object.fromEntries(entries) as ForceMessageClasses<Way>;
}

/** Every message type, by its CloudEvents type: one class each, the wire format's only declaration. */
export const MESSAGE_TYPES = {
  'concordat.submit-request.v1': Submission,
  ...classesOf('received'),
  'concordat.request-submitted.v1': SubmittedRequest,
  ...classesOf('forwarded'),
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
