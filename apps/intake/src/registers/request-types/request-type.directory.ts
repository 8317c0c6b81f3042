import { localPolicingIsNeverShared, type NeverShared } from '#agreements';
import { PayloadCheck, Refusal } from '#contracts';
import { nearestName, type Force } from '#kernel';
import {
  publishedAnswer,
  publishedSchema,
  type PublishedRequestType,
  type RequestType,
  type UnitDefinition,
  subjectOf,
} from '#unit';

/** A request type with the unit that accepts it, ready to check payloads. */
export interface RoutedType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly lawEnforcement: boolean;
  readonly check: PayloadCheck;
  readonly definition: RequestType;
}

/** The destination of a submission: the unit of its type, or the sandbox, which replaces all units. */
export type Destination = 'unit' | 'sandbox';

/** The request types that units accept, from their own definitions, and the types that are never shared. */
export class RequestTypeDirectory {
  /** The types by name, the newest version first. */
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
   * Returns the destination of a submission and its type in the given version, or in the newest. Refuses a
   * type that is never shared, naming the force that keeps it, and a type that no unit accepts.
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
      const accepted = versions.map((one) => one.version).join(', ');
      throw new Refusal(
        'unknown-type',
        `Version ${version} of ${name} is not accepted; accepted versions: ${accepted}.`,
      );
    }
    return { type, destination: force.sandbox ? 'sandbox' : 'unit' };
  }

  /** Returns a type in the version of a stored request; undefined if no unit declares it any more. */
  find(name: string, version: number): RoutedType | undefined {
    return this.types.get(name)?.find((one) => one.version === version);
  }

  /** The line that says what a request is about; empty if no unit declares its type any more. */
  subjectOf(name: string, version: number, payload: Readonly<Record<string, unknown>>): string {
    const definition = this.find(name, version)?.definition;
    return definition ? subjectOf(definition, payload) : '';
  }

  /**
   * True if any version of the type is law enforcement. One log entry too many does less harm than a missing
   * one.
   */
  isLawEnforcement(name: string): boolean {
    return this.types.get(name)?.some(({ lawEnforcement }) => lawEnforcement) ?? false;
  }

  /**
   * Judges a refused body, which may be anything: false only if it names a known type that is not law
   * enforcement. A body that cannot be judged gets the stricter treatment.
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
