import type { FieldError, Schema } from '#contracts';
import type { ClockDefinition, Reopening } from '#requests';
import type { PoolClient } from 'pg';
import type { UnitRuntime } from './unit-runtime.ts';

/**
 * A payload class: its field decorators are the validation, the JSON Schema and the form, and say what its force may still
 * correct. What the unit's records take from a request that arrives stays fixed: they are not told of corrections.
 */
export type PayloadClass = new () => object;

export interface RequestType {
  /** One unit's alone, kebab-case. The unit declares it once per version. */
  readonly name: string;
  /** A version stays declared, beside the next, until none of its requests is on its way or open. */
  readonly version: number;
  readonly title: string;
  readonly payload: PayloadClass;
  /** At least one: a request type without a clock is refused at start-up. */
  readonly clocks: readonly ClockDefinition[];
  /**
   * Until when a force may ask to reopen what was answered or declined, and which clocks then run; left out, never. `onAnswer`
   * of the unit's records then comes again for the same request.
   */
  readonly reopening?: Reopening;
  /** `second-person`: another person than the proposer confirms, with delegated authority of the owning force if `delegated`. */
  readonly decision: 'one-person' | 'second-person' | 'second-person-delegated';
  /** Fields of the answer that staff must give; whole answer is validated like a payload. */
  readonly answer: PayloadClass;
  /** Law-enforcement processing (DPA 2018 Part 3): reading is logged as consultation. */
  readonly lawEnforcement: boolean;
  /** 0–9; the higher is worked first among those due together. A function of the payload where it depends on it. */
  readonly risk: number | ((payload: Readonly<Record<string, unknown>>) => number);
  /** Rules that span fields: refused by intake with pointer and sentence. */
  readonly rules?: readonly PayloadRule[];
  /** A valid payload and answer, invented; documentation, conformance tests and the simulator use them. */
  readonly examples: readonly {
    readonly payload: Record<string, unknown>;
    readonly answer: Record<string, unknown>;
  }[];
}

/** A rule over several fields, as a sentence: `AnOffRoadVehicleSaysSinceWhen`. */
export interface PayloadRule {
  readonly code: string;
  /** Pointer below /payload, such as `/offRoadSince`. */
  readonly pointer: string;
  readonly detail: string;
  /** When it applies, in words, and the same as JSON Schema where that can say it: both are published. */
  readonly when?: string;
  readonly schema?: Schema;
  holds(payload: Readonly<Record<string, unknown>>): boolean;
}

/** A request as a unit's records see it. */
export interface ArrivedRequest {
  readonly id: string;
  readonly owningForce: string;
  readonly type: string;
  readonly version: number;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly receivedAt: string;
}

/** A request with the answer that staff gave, valid by its type. */
export interface AnsweredRequest {
  readonly request: ArrivedRequest;
  readonly answer: Readonly<Record<string, unknown>>;
}

/**
 * The domain records a unit owns. Every hook runs inside the transaction of the change, under row security
 * of the request's force; a throw refuses the change.
 */
export interface UnitRecords {
  /** DDL statements, run once by the migration role after the kit's own tables; `own(table)` adds ownership. */
  readonly migrations: readonly RecordMigration[];
  /** Called once per consumed batch with the requests that are new (never with repeats). */
  onArrival?(client: PoolClient, requests: readonly ArrivedRequest[]): Promise<void>;
  /**
   * Every fault that the records find in each answer, in the order given, as if the sound ones before it were written. Called
   * when an answer is given or proposed, and again before a proposal is confirmed. It reads and locks, and writes nothing.
   */
  answerFaults?(
    client: PoolClient,
    answered: readonly AnsweredRequest[],
  ): Promise<readonly (readonly FieldError[])[]>;
  /**
   * Writes the records of requests that are answered together, each once and without faults; what it returns for each is merged
   * into the answer the force receives. A unit that answers one after the other says `oneByOne`.
   */
  onAnswer?(
    client: PoolClient,
    answered: readonly AnsweredRequest[],
  ): Promise<readonly Record<string, unknown>[]>;
  /**
   * After a restore: requests whose answers were told to their forces and lost here, with what was merged into them. Writes the
   * records of those answers as they were told. Without it those requests are named to people (docs/how-to/back-up-and-restore.md).
   */
  onCaughtUp?(client: PoolClient, answered: readonly AnsweredRequest[]): Promise<void>;
  /** The record that belongs to a request, for the request page and API; null when there is none. */
  read?(client: PoolClient, request: ArrivedRequest): Promise<Record<string, unknown> | null>;
}

export interface RecordMigration {
  /** Ordered and unique in the unit: `001-vehicle`. */
  readonly name: string;
  /** SQL; a table with an `owning_force text not null` column is put under ownership by naming it in `owned`. */
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
  /** Every version of every type it takes. */
  readonly requestTypes: readonly RequestType[];
  readonly records?: UnitRecords;
  /** Nest controllers of the unit's own, beside those that every unit has; they are given the `UnitRuntime`. */
  readonly controllers?: readonly (new (unit: UnitRuntime) => object)[];
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
