/** A function that police forces share or plan to share; the sources give its state. */
export interface SharedFunction {
  /** The id, F1 to F21. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly family: 'organisational' | 'operational support' | 'protective';
  /** The numbers of the public documents that name it. */
  readonly seeds: readonly string[];
  readonly state: string;
  /** The folder of the unit that does the work; absent until there is one. */
  readonly unit?: string;
  /** Request types whose decision needs a recorded delegation of the owning chief officer. */
  readonly delegated?: readonly string[];
  /** Terms of this function's agreement that differ from the catalogue's `agreements`. */
  readonly agreement?: Partial<AgreementTerms>;
}

/** A kind of work that each force keeps. */
export interface NeverShared {
  /** The id, N1 to N4. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly seeds: readonly string[];
  /** Other words for it that a force might send as a request type. */
  readonly aliases: readonly string[];
}

/** The terms of an agreement, without its function. */
export interface AgreementTerms {
  /** True if it is invented for the demonstration. */
  readonly demonstration: boolean;
  readonly note?: string;
  /** A set of forces, because units of two forces exist. */
  readonly participants: readonly string[];
  /** The first day, `YYYY-MM-DD` in London. */
  readonly from: string;
  /** The last day, inclusive. */
  readonly to?: string;
  readonly status?: AgreementStatus;
}

export type AgreementStatus = 'live' | 'suspended' | 'ended';

export interface Catalogue {
  /** The terms of every agreement, unless a function has its own. */
  readonly agreements: AgreementTerms;
  readonly functions: readonly SharedFunction[];
  readonly neverShared: readonly NeverShared[];
}

/** Lists the slugs of all units in the catalogue, in its order. */
export function unitsOf(catalogue: Catalogue): string[] {
  return catalogue.functions.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
}
