import { WorkingCalendar, type Force } from '#kernel';
import type { DeadLetterStore } from '#messaging';
import type { Database } from '#persistence';
import { DEMONSTRATION_URGENCY, type LifeTerms, type UrgencyThresholds } from '#requests';
import type { StaffCaller } from '#web';
import { UnitRecords } from './kept-records.ts';
import type { UnitDefinition } from './unit-definition.ts';
import { undeclaredType, workedType, type WorkedType } from './worked-type.ts';

export interface UnitParts {
  readonly database: Database;
  readonly deadLetters: DeadLetterStore;
  /** The forces this deployment serves. */
  readonly forces: readonly Force[];
  readonly calendar?: WorkingCalendar;
  readonly urgency?: UrgencyThresholds;
  /** Called after a commit that wrote events, so that the relay sends them at once. */
  readonly published?: () => void;
}

/** A running unit, which every use case gets. It has no state that a second replica would need. */
export class UnitRuntime {
  readonly database: Database;
  readonly deadLetters: DeadLetterStore;
  readonly calendar: WorkingCalendar;
  readonly urgency: UrgencyThresholds;
  readonly forces: readonly string[];
  /** The forces with their names. */
  readonly servedForces: readonly Force[];
  readonly published: () => void;
  readonly records: UnitRecords;
  private readonly served: ReadonlySet<string>;
  /** The types by name and version. */
  private readonly types: ReadonlyMap<string, WorkedType>;

  constructor(
    readonly definition: UnitDefinition,
    parts: UnitParts,
  ) {
    this.database = parts.database;
    this.deadLetters = parts.deadLetters;
    this.calendar = parts.calendar ?? new WorkingCalendar();
    this.urgency = parts.urgency ?? DEMONSTRATION_URGENCY;
    this.servedForces = parts.forces;
    this.forces = parts.forces.map(({ slug }) => slug);
    this.published = parts.published ?? (() => undefined);
    this.served = new Set(this.forces);
    this.records = new UnitRecords(definition.requestTypes);
    this.types = new Map(
      definition.requestTypes.map((type) => [keyOf(type.name, type.version), workedType(type)]),
    );
  }

  /** True if any of its types is law-enforcement processing; data of an unknown type is treated as such. */
  get lawEnforcement(): boolean {
    return this.definition.requestTypes.some(({ lawEnforcement }) => lawEnforcement);
  }

  get source(): string {
    return `/unit/${this.definition.slug}`;
  }

  serves(force: string | undefined): force is string {
    return force !== undefined && this.served.has(force);
  }

  /** The type that checks a request on arrival; undefined if this unit does not accept it. */
  declaredType(name: string, version: number): WorkedType | undefined {
    return this.types.get(keyOf(name, version));
  }

  /** The type of a stored request, in the version in which it was submitted. */
  typeOf({ type, typeVersion }: { readonly type: string; readonly typeVersion: number }): WorkedType {
    return this.declaredType(type, typeVersion) ?? undeclaredType(type, typeVersion);
  }

  /** The terms under which the life of a stored request moves. */
  termsOf(stored: { readonly type: string; readonly typeVersion: number }): LifeTerms {
    return { calendar: this.calendar, reopening: this.typeOf(stored).type.reopening };
  }

  /** The forces whose rows this person may see: those in the token that are served here. */
  forcesOf(caller: StaffCaller): readonly string[] {
    return caller.forces.filter((force) => this.served.has(force));
  }
}

function keyOf(name: string, version: number): string {
  return `${name}/${version}`;
}
