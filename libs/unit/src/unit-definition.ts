import type { FieldError, Schema } from '#contracts';
import type { ClockDefinition, Reopening } from '#requests';
import type { PoolClient } from 'pg';

/**
 * A payload class. Its field decorators give the validation, the JSON Schema, the form, and the fields that a
 * force may correct. A field that the unit's records copy on arrival must stay fixed, because the records are
 * not notified of corrections.
 */
export type PayloadClass = new () => object;

/** Fields of an unknown class, because the unit library reads every type alike. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A request type. `P` and `A` are instances of its payload class and its answer class. `requestType` infers
 * them, so that the compiler checks everything a unit says about payloads and answers against these classes.
 */
export interface RequestType<P = Fields, A = Fields> {
  /** The name in kebab-case, used by one unit only. The unit declares it once per version. */
  readonly name: string;
  /** A version stays declared, beside the next, until none of its requests is on its way or open. */
  readonly version: number;
  readonly title: string;
  /**
   * The parts of the line by which staff tell this request from others of its type, such as mark and fault.
   * Absent parts are left out. Lists show it without an entry in the access log, so that for a
   * law-enforcement type it uses no personal field; a definition that does is refused.
   */
  readonly subject: (payload: P) => readonly (string | undefined)[];
  readonly payload: PayloadClass;
  /** At least one clock; a request type without a clock is refused at start-up. */
  readonly clocks: readonly ClockDefinition<P>[];
  /**
   * The period in which a force may reopen an answered or declined request, and the clocks that then run.
   * Without it, a request is never reopened. `onAnswer` of the records is called again for the same request.
   */
  readonly reopening?: Reopening;
  /**
   * `second-person`: a person other than the proposer confirms. `second-person-delegated`: that person also
   * needs the delegated authority of the owning force.
   */
  readonly decision: 'one-person' | 'second-person' | 'second-person-delegated';
  /** The fields that staff must give; the whole answer is validated like a payload. */
  readonly answer: PayloadClass;
  /** True if it is law-enforcement processing (DPA 2018 Part 3); then reading is logged as consultation. */
  readonly lawEnforcement: boolean;
  /**
   * The payload field that names the person to speak to at the force. It is shown beside the request, and not
   * only among its fields.
   */
  readonly contact?: keyof P & string;
  /** From 0 to 9. If requests are due together, the one with the higher number comes first. */
  readonly risk: number | ((payload: P) => number);
  /** Rules over several fields. Intake refuses a payload that breaks one, with pointer and sentence. */
  readonly rules?: readonly PayloadRule<P>[];
  /**
   * Rules over several fields of the answer. They are published to staff, so that a form can show a field
   * only when it is needed.
   */
  readonly answerRules?: readonly PayloadRule<A>[];
  /**
   * The faults of an answer that need the payload, or a text of their own. Staff see all of them at once,
   * with those of the rules and the records.
   */
  readonly answerFaults?: (answer: A, payload: P) => readonly FieldError[];
  /** The records that its requests are kept in: see `keptIn`. */
  readonly records?: KeptRecords<P, A>;
  /** Valid, invented payloads and answers, used by documentation, conformance tests and the simulator. */
  readonly examples: readonly { readonly payload: P; readonly answer: A }[];
}

/**
 * A rule over several fields of a payload or an answer. Its code is a sentence, such as
 * `AnOffRoadVehicleSaysSinceWhen`.
 */
export interface PayloadRule<P = Fields> {
  readonly code: string;
  /** The pointer below /payload or /answer, such as `/offRoadSince`. */
  readonly pointer: string;
  readonly detail: string;
  /** The condition in words, and as JSON Schema if it can express it; both are published. */
  readonly when?: string;
  readonly schema?: Schema;
  readonly holds: (payload: P) => boolean;
}

/** A request as a unit's records see it. */
export interface ArrivedRequest<P = Fields> {
  readonly id: string;
  readonly owningForce: string;
  readonly type: string;
  readonly version: number;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly payload: P;
  readonly receivedAt: string;
}

/** A request with the answer that staff gave, valid by its type. */
export interface AnsweredRequest<P = Fields, A = Fields> {
  readonly request: ArrivedRequest<P>;
  readonly answer: A;
}

/** An answered request with the fields that `onAnswer` had added to the answer when it was published. */
export interface PublishedAnswer<P = Fields, A = Fields, Added = object> extends AnsweredRequest<P, A> {
  readonly added: Partial<Added>;
}

/**
 * Domain records, which several request types may share. `P` and `A` are the parts of a payload and an answer
 * that the records need, and `Added` is what they add to an answer. Every hook runs inside the transaction of
 * the change, under row security of the request's force; a throw refuses the change. A hook is called once
 * per batch, for the requests of every type that is kept in these records.
 */
export interface RecordHooks<P = Fields, A = Fields, Added extends object = object> {
  /** Keeps the new requests of a consumed batch; repeats never come. */
  onArrival?(client: PoolClient, requests: readonly ArrivedRequest<P>[]): Promise<void>;
  /**
   * Lists every fault that the records find in each answer, in the order given, as if the sound answers
   * before it were written. It is called when an answer is given or proposed, and again before a proposal is
   * confirmed. It reads and locks, and writes nothing.
   */
  answerFaults?(
    client: PoolClient,
    answered: readonly AnsweredRequest<P, A>[],
  ): Promise<readonly (readonly FieldError[])[]>;
  /**
   * Writes the records of requests that are answered together; each comes once and has no faults. The fields
   * that it returns are merged into the answers that the forces receive. Records that are best written one
   * after the other use `oneByOne`.
   */
  onAnswer?(client: PoolClient, answered: readonly AnsweredRequest<P, A>[]): Promise<readonly Added[]>;
  /**
   * Writes, after a restore, the records of answers that were published and lost here. Without this hook, the
   * report of the catch-up lists those requests (docs/how-to/back-up-and-restore.md).
   */
  onCaughtUp?(client: PoolClient, published: readonly PublishedAnswer<P, A, Added>[]): Promise<void>;
  /** The fields that `onAnswer` adds and staff find requests by, as codes: the title of each. */
  readonly searchedAnswer?: { readonly [Name in keyof Added]?: string };
  /** The record of a request, for the request page and API; null if there is none. */
  read?(client: PoolClient, request: ArrivedRequest<P>): Promise<Record<string, unknown> | null>;
  /**
   * Lists the numbers of an answer that would be surprising after what the records know. A person who gives
   * such a number is asked whether it is right; the unit does not refuse it.
   */
  cautions?(client: PoolClient, request: ArrivedRequest<P>): Promise<readonly AnswerCaution[]>;
  /**
   * Finds other requests of the same force about the same thing (vehicle, site, holder), newest first and at
   * most `RELATED_MAX`. Finding them must use an index. The summary of a law-enforcement request says only
   * what the two have in common, because it is shown without an entry in the access log.
   */
  related?(client: PoolClient, request: ArrivedRequest<P>): Promise<readonly RelatedRequest[]>;
}

/** The numbers that are expected in a field of an answer, from what the records know. */
export interface AnswerCaution {
  /** The pointer below the answer, such as `/odometerMiles`. */
  readonly pointer: string;
  readonly least: number;
  readonly most: number;
  /** The sentence for a person who gives another number: what is known, and what to do. */
  readonly detail: string;
}

/** Another request about the same thing. */
export interface RelatedRequest {
  readonly requestId: string;
  /** A line that says in which way it is related, or what came of it. */
  readonly summary: string;
}

/** The records of a request type, and how they read its payloads and answers. */
export interface KeptRecords<P = Fields, A = Fields> {
  readonly hooks: RecordHooks<unknown, unknown>;
  readonly payload: (payload: P) => unknown;
  readonly answer: (answer: A, payload: P) => unknown;
}

export interface RecordMigration {
  /** The name, unique in the unit and in order: `001-vehicle`. */
  readonly name: string;
  /**
   * The SQL. A table with an `owning_force text not null` column is put under ownership by its name in
   * `owned`.
   */
  readonly up: string;
  readonly owned: readonly string[];
}

export interface UnitDefinition {
  /** The folder name under apps/, also used in the names of database, principal and topic. */
  readonly slug: string;
  /** F1 to F21 of the catalogue; N1 to N4 are refused. */
  readonly functionId: string;
  readonly title: string;
  /** Three capital letters that begin the short reference: FLT-26-000123. */
  readonly referencePrefix: string;
  /** Every version of every type that the unit accepts; each names the records it is kept in. */
  readonly requestTypes: readonly RequestType[];
  /** The DDL of the unit's records; the migration role runs it once, after the unit library's own tables. */
  readonly migrations?: readonly RecordMigration[];
  /** The unit's own Nest controllers, which get the `UnitRuntime`, beside those that every unit has. */
  readonly controllers?: readonly (new (unit: never) => object)[];
}

/** A request type as a force's system sees it. */
export interface PublishedRequestType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly schema: Schema;
  /** The schema of the answer; it is open, because the unit's records may add fields. */
  readonly answer: Schema;
}
