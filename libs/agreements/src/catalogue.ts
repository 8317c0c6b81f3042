/** One of the functions that police forces share or mean to share; the state is the one the sources give. */
export interface SharedFunction {
  /** F1 to F21. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly family: 'organisational' | 'operational support' | 'protective';
  /** Numbers of the public documents that name it. */
  readonly seeds: readonly string[];
  readonly state: string;
  /** Folder of the unit that does the work; absent until there is one. */
  readonly unit?: string;
  /** Request types whose decision needs a recorded delegation of the owning chief officer. */
  readonly delegated?: readonly string[];
  /** What this function's agreement has otherwise than the catalogue's `agreements`. */
  readonly agreement?: Partial<AgreementTerms>;
}

/** A matter that each force keeps for itself. */
export interface NeverShared {
  /** N1 to N4. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly seeds: readonly string[];
  /** Other words under which it might be asked for, written like request types. */
  readonly aliases: readonly string[];
}

/** What the agreement of a function says, beside the function itself. */
export interface AgreementTerms {
  /** True while it is invented for demonstration. */
  readonly demonstration: boolean;
  readonly note?: string;
  /** A set, not "everyone": units of two forces exist. */
  readonly participants: readonly string[];
  /** First day, `YYYY-MM-DD` in London. */
  readonly from: string;
  /** Last day, inclusive. */
  readonly to?: string;
  readonly status?: AgreementStatus;
}

export type AgreementStatus = 'live' | 'suspended' | 'ended';

export interface Catalogue {
  /** Terms of every agreement, unless a function says otherwise. */
  readonly agreements: AgreementTerms;
  readonly functions: readonly SharedFunction[];
  readonly neverShared: readonly NeverShared[];
}

/** Every slug of a unit that the catalogue names, in its order. */
export function unitsOf(catalogue: Catalogue): string[] {
  return catalogue.functions.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
}
