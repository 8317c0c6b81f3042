import { localPolicingIsNeverShared, type NeverShared } from '#agreements';
import { PayloadCheck, Refusal, type FieldError } from '#contracts';
import type { Force } from '#kernel';
import type { PublishedRequestType, RequestType, UnitDefinition } from '#unit';

/** A request type with the unit that takes it, ready to check payloads. */
export interface RoutedType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly lawEnforcement: boolean;
  readonly check: PayloadCheck;
  readonly rules: NonNullable<RequestType['rules']>;
}

/** What can be asked of which unit, from the units' own definitions; and what can be asked of none. */
export class RequestTypeDirectory {
  private readonly types: ReadonlyMap<string, RoutedType>;

  constructor(
    definitions: readonly UnitDefinition[],
    private readonly neverShared: readonly NeverShared[],
  ) {
    this.types = new Map(definitions.flatMap((unit) => unit.requestTypes.map((type) => [type.name, routed(unit.slug, type)])));
  }

  /** Where a type goes. Refuses what is never shared, naming the force that keeps it, and what nobody takes. */
  route(force: Force, name: string, version?: number): RoutedType {
    const type = this.types.get(name);
    if (!type) {
      const judgement = localPolicingIsNeverShared(this.neverShared, force, name);
      if (!judgement.allowed) throw new Refusal('never-shared', judgement.why, { keptBy: force.slug });
      throw new Refusal('unknown-type', `No unit takes requests of type ${name}. Types are listed at /schemas.`);
    }
    if (version !== undefined && version !== type.version) {
      throw new Refusal('unknown-type', `${name} is at version ${type.version}; version ${version} is not taken.`);
    }
    return type;
  }

  find(name: string): RoutedType | undefined {
    return this.types.get(name);
  }

  isLawEnforcement(name: string): boolean {
    return this.types.get(name)?.lawEnforcement ?? false;
  }

  /**
   * Of a body that was refused, so may be anything: true unless it names a type that is known and is none. What cannot be told
   * is treated as the more guarded of the two.
   */
  mayBeLawEnforcement(body: unknown): boolean {
    const name = (body as { type?: unknown } | null | undefined)?.type;
    return (typeof name === 'string' ? this.types.get(name)?.lawEnforcement : undefined) ?? true;
  }

  published(): PublishedRequestType[] {
    return [...this.types.values()].map(({ name, version, title, unit, check }) => ({ name, version, title, unit, schema: check.schema }));
  }
}

function routed(unit: string, type: RequestType): RoutedType {
  return {
    name: type.name,
    version: type.version,
    title: type.title,
    unit,
    lawEnforcement: type.lawEnforcement,
    check: new PayloadCheck(type.payload),
    rules: type.rules ?? [],
  };
}

/** Every fault of a payload: of its fields, or, when these are sound, of the rules that span them. */
export function payloadFaults(type: RoutedType, payload: Record<string, unknown>): FieldError[] {
  const faults = type.check.faults(payload);
  if (faults.length > 0) return faults;
  return type.rules
    .filter((rule) => !rule.holds(payload))
    .map(({ pointer, code, detail }) => ({ pointer: `/payload${pointer}`, code, detail }));
}
