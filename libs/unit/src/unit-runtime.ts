import { PayloadCheck } from '#contracts';
import { WorkingCalendar, type Force } from '#kernel';
import type { DeadLetterStore } from '#messaging';
import type { Database } from '#persistence';
import type { StaffCaller } from '#web';
import type { RequestType, UnitDefinition } from './unit-definition.ts';

/** A request type with its checks compiled. */
export interface WorkedType {
  readonly type: RequestType;
  readonly payload: PayloadCheck;
  readonly answer: PayloadCheck;
}

export interface UnitParts {
  readonly database: Database;
  readonly deadLetters: DeadLetterStore;
  /** The forces this deployment serves. */
  readonly forces: readonly Force[];
  readonly calendar?: WorkingCalendar;
  /** Told after a commit that wrote events, so that the relay need not wait for its next look. */
  readonly published?: () => void;
}

/** One running unit: what every use case is given. It holds nothing that a second replica would have to know. */
export class UnitRuntime {
  readonly types: ReadonlyMap<string, WorkedType>;
  readonly database: Database;
  readonly deadLetters: DeadLetterStore;
  readonly calendar: WorkingCalendar;
  readonly forces: readonly string[];
  readonly published: () => void;
  private readonly served: ReadonlySet<string>;

  constructor(
    readonly definition: UnitDefinition,
    parts: UnitParts,
  ) {
    this.database = parts.database;
    this.deadLetters = parts.deadLetters;
    this.calendar = parts.calendar ?? new WorkingCalendar();
    this.forces = parts.forces.map(({ slug }) => slug);
    this.published = parts.published ?? (() => undefined);
    this.served = new Set(this.forces);
    this.types = new Map(
      definition.requestTypes.map((type) => [
        type.name,
        { type, payload: new PayloadCheck(type.payload), answer: new PayloadCheck(type.answer) },
      ]),
    );
  }

  get source(): string {
    return `/unit/${this.definition.slug}`;
  }

  serves(force: string | undefined): force is string {
    return force !== undefined && this.served.has(force);
  }

  /** The type of a stored request: its name was checked when it arrived. */
  typeOf(name: string): WorkedType {
    const worked = this.types.get(name);
    if (!worked) throw new Error(`The unit ${this.definition.slug} no longer declares ${name}, and still has requests of it.`);
    return worked;
  }

  /** The forces whose rows this person may see: those of the token that are served here. */
  forcesOf(caller: StaffCaller): readonly string[] {
    return caller.forces.filter((force) => this.served.has(force));
  }
}
