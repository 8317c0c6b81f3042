import type { FieldError, Schema } from '#contracts';
import type { ClockDefinition, Reopening } from '#requests';
import type { PoolClient } from 'pg';

/**
 * A payload class: its field decorators are the validation, the JSON Schema and the form, and they say what
 * its force may still correct. A field that the unit's records take from a request that arrives stays fixed:
 * the records do not hear of corrections.
 */
export type PayloadClass = new () => object;

/** Fields whose class is not known here: the unit library reads every type alike. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A request type. `P` and `A` are instances of its payload class and its answer class: `requestType` infers
 * them, so that everything a unit writes about a payload or an answer is checked against the fields of the
 * classes.
 */
export interface RequestType<P = Fields, A = Fields> {
  /** One unit's alone, kebab-case. The unit declares it once per version. */
  readonly name: string;
  /** A version stays declared, beside the next, until none of its requests is on its way or open. */
  readonly version: number;
  readonly title: string;
  readonly payload: PayloadClass;
  /** At least one: a request type without a clock is refused at start-up. */
  readonly clocks: readonly ClockDefinition<P>[];
  /**
   * Until when a force may ask to reopen a request that was answered or declined, and which clocks then run.
   * Without it a request is never reopened. `onAnswer` of the records is called again for the same request.
   */
  readonly reopening?: Reopening;
  /**
   * `second-person`: a person other than the proposer confirms. `second-person-delegated`: that person also
   * needs the delegated authority of the owning force.
   */
  readonly decision: 'one-person' | 'second-person' | 'second-person-delegated';
  /** The fields that staff must give; the whole answer is validated like a payload. */
  readonly answer: PayloadClass;
  /** Law-enforcement processing (DPA 2018 Part 3): reading is logged as consultation. */
  readonly lawEnforcement: boolean;
  /** 0–9: among requests that are due together, the higher number is worked first. */
  readonly risk: number | ((payload: P) => number);
  /** Rules that span fields: intake refuses a payload that breaks one, with pointer and sentence. */
  readonly rules?: readonly PayloadRule<P>[];
  /**
   * The faults of an answer that its fields alone cannot show. Staff see all of them at once, with those of
   * the records.
   */
  readonly answerFaults?: (answer: A, payload: P) => readonly FieldError[];
  /** The records that its requests are kept in: see `keptIn`. */
  readonly records?: KeptRecords<P, A>;
  /** Valid, invented payloads and answers; documentation, conformance tests and the simulator use them. */
  readonly examples: readonly { readonly payload: P; readonly answer: A }[];
}

/** A rule over several fields, as a sentence: `AnOffRoadVehicleSaysSinceWhen`. */
export interface PayloadRule<P = Fields> {
  readonly code: string;
  /** Pointer below /payload, such as `/offRoadSince`. */
  readonly pointer: string;
  readonly detail: string;
  /** When it applies, in words, and the same as JSON Schema where that can say it: both are published. */
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

/**
 * An answered request with the fields that `onAnswer` once added to the answer, as far as the force was told
 * them.
 */
export interface ToldRequest<P = Fields, A = Fields, Added = object> extends AnsweredRequest<P, A> {
  readonly added: Partial<Added>;
}

/**
 * Domain records, which several request types may share. `P` and `A` are the parts of a payload and an answer
 * that the records need, and `Added` is what they add to an answer. Every hook runs inside the transaction of
 * the change, under row security of the request's force; a throw refuses the change. A hook is called once
 * per batch, for the requests of every type that is kept in these records.
 */
export interface RecordHooks<P = Fields, A = Fields, Added extends object = object> {
  /** Takes the requests of a consumed batch that are new (never repeats). */
  onArrival?(client: PoolClient, requests: readonly ArrivedRequest<P>[]): Promise<void>;
  /**
   * Every fault that the records find in each answer, in the order given, as if the sound ones before it were
   * written. It is called when an answer is given or proposed, and again before a proposal is confirmed. It
   * reads and locks, and writes nothing.
   */
  answerFaults?(
    client: PoolClient,
    answered: readonly AnsweredRequest<P, A>[],
  ): Promise<readonly (readonly FieldError[])[]>;
  /**
   * Writes the records of requests that are answered together, each once and without faults; the fields it
   * returns for each are merged into the answer that the force receives. Records that are best written one
   * after the other use `oneByOne`.
   */
  onAnswer?(client: PoolClient, answered: readonly AnsweredRequest<P, A>[]): Promise<readonly Added[]>;
  /**
   * After a restore: writes the records of answers that were told to their forces and lost here. Without this
   * hook those requests are named to people (docs/how-to/back-up-and-restore.md).
   */
  onCaughtUp?(client: PoolClient, told: readonly ToldRequest<P, A, Added>[]): Promise<void>;
  /** The record that belongs to a request, for the request page and API; null when there is none. */
  read?(client: PoolClient, request: ArrivedRequest<P>): Promise<Record<string, unknown> | null>;
}

/** The records of a request type, and how its payloads and answers read for them. */
export interface KeptRecords<P = Fields, A = Fields> {
  readonly hooks: RecordHooks<unknown, unknown>;
  readonly payload: (payload: P) => unknown;
  readonly answer: (answer: A, payload: P) => unknown;
}

export interface RecordMigration {
  /** Ordered and unique in the unit: `001-vehicle`. */
  readonly name: string;
  /**
   * SQL; a table with an `owning_force text not null` column is put under ownership by naming it in `owned`.
   */
  readonly up: string;
  readonly owned: readonly string[];
}

export interface UnitDefinition {
  /** Folder name under apps/, database and principal name, topic part. */
  readonly slug: string;
  /** F1…F21 of the catalogue; N1…N4 are refused. */
  readonly functionId: string;
  readonly title: string;
  /** Three capitals before the short reference: FLT-26-000123. */
  readonly referencePrefix: string;
  /** Every version of every type it takes; each names the records it is kept in. */
  readonly requestTypes: readonly RequestType[];
  /** DDL of the unit's records, run once by the migration role after the unit library's own tables. */
  readonly migrations?: readonly RecordMigration[];
  /**
   * Nest controllers of the unit's own, beside those that every unit has; they are given the `UnitRuntime`.
   */
  readonly controllers?: readonly (new (unit: never) => object)[];
}

/** What a force's system needs to know of a request type. */
export interface PublishedRequestType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly schema: Schema;
  /** Of what staff answer; the unit's records may add fields, so it is open. */
  readonly answer: Schema;
}
