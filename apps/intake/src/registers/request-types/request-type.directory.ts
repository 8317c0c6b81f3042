import { localPolicingIsNeverShared, type NeverShared } from '#agreements';
import { PayloadCheck, Refusal } from '#contracts';
import { nearestName, type Force } from '#kernel';
import {
  publishedAnswer,
  publishedSchema,
  type PublishedRequestType,
  type RequestType,
  type UnitDefinition,
} from '#unit';

/** A request type with the unit that takes it, ready to check payloads. */
export interface RoutedType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly lawEnforcement: boolean;
  readonly check: PayloadCheck;
  readonly definition: RequestType;
}

/** Where a submission goes: to the unit of its type, or to the sandbox, which stands in for all units. */
export type Destination = 'unit' | 'sandbox';

/** What can be asked of which unit, from the units' own definitions; and what can be asked of none. */
export class RequestTypeDirectory {
  /** By name, the newest version first. */
  private readonly types: ReadonlyMap<string, readonly RoutedType[]>;

  constructor(
    definitions: readonly UnitDefinition[],
    private readonly neverShared: readonly NeverShared[],
  ) {
    const types = definitions.flatMap((unit) => unit.requestTypes.map((type) => routed(unit.slug, type)));
    this.types = Map.groupBy(
      types.sort((left, right) => right.version - left.version),
      ({ name }) => name,
    );
  }

  /**
   * Where a submission of a force goes, and its type in the named version or else the newest. Refuses a type that
   * is never shared, naming the force that keeps it, and a type that no unit takes.
   */
  route(
    force: Force,
    name: string,
    version?: number,
  ): { readonly type: RoutedType; readonly destination: Destination } {
    const versions = this.types.get(name);
    if (!versions) {
      const judgement = localPolicingIsNeverShared(this.neverShared, force, name);
      if (!judgement.allowed) throw new Refusal('never-shared', judgement.why, { keptBy: force.slug });
      const near = nearestName(name, [...this.types.keys()]);
      const meant =
        near === undefined
          ? 'The types are listed at /schemas.'
          : `Did you mean ${near}? Types are listed at /schemas.`;
      throw new Refusal('unknown-type', `There is no request type ${name}. ${meant}`);
    }
    const type = version === undefined ? versions[0] : this.find(name, version);
    if (!type) {
      const taken = versions.map((one) => one.version).join(', ');
      throw new Refusal(
        'unknown-type',
        `Version ${version} of ${name} is not accepted; accepted versions: ${taken}.`,
      );
    }
    return { type, destination: force.sandbox ? 'sandbox' : 'unit' };
  }

  /** A type in the version that a stored request has; undefined once no unit declares it any more. */
  find(name: string, version: number): RoutedType | undefined {
    return this.types.get(name)?.find((one) => one.version === version);
  }

  /** Whether any version of the type is: reading what is none costs a line in the log, the other mistake a missing one. */
  isLawEnforcement(name: string): boolean {
    return this.types.get(name)?.some(({ lawEnforcement }) => lawEnforcement) ?? false;
  }

  /**
   * Of a body that was refused, so may be anything: true unless it names a type that is known and is none. What cannot be told
   * is treated as the more guarded of the two.
   */
  mayBeLawEnforcement(body: unknown): boolean {
    const name = (body as { type?: unknown } | null | undefined)?.type;
    return typeof name === 'string' && this.types.has(name) ? this.isLawEnforcement(name) : true;
  }

  published(): PublishedRequestType[] {
    return [...this.types.values()].flat().map(({ name, version, title, unit, definition }) => ({
      ...{ name, version, title, unit },
      schema: publishedSchema(definition),
      answer: publishedAnswer(definition),
    }));
  }
}

function routed(unit: string, type: RequestType): RoutedType {
  return {
    name: type.name,
    version: type.version,
    title: type.title,
    unit,
    lawEnforcement: type.lawEnforcement,
    check: new PayloadCheck(
      type.payload,
      type.examples.map(({ payload }) => payload),
    ),
    definition: type,
  };
}
