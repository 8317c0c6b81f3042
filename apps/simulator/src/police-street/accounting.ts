/** The outcome of one row. Each row has exactly one; a row without an outcome is not accounted for. */
export type Outcome =
  | { readonly kind: 'accepted' | 'duplicate' | 'notCrimes' | 'withoutId' }
  | { readonly kind: 'conflict'; readonly with: string }
  | { readonly kind: 'refused'; readonly why: string };

type Parts = Record<Outcome['kind'], number>;

export interface ImportReport extends Parts {
  readonly rows: number;
  /** Counts by slug of the reporting force; rows without a known force count under "unknown". */
  readonly byForce: Readonly<Record<string, { rows: number } & Parts>>;
  readonly seconds: number;
  /** Rows that were read and got no definite answer; present only if not zero. */
  readonly unaccounted?: number;
}

const noParts = (): Parts => ({
  accepted: 0,
  duplicate: 0,
  conflict: 0,
  notCrimes: 0,
  withoutId: 0,
  refused: 0,
});

/** Counts rows and outcomes, so that the outcomes either sum to the rows or the difference shows. */
export class Accounting {
  private rows = 0;
  private readonly forces = new Map<string, { rows: number } & Parts>();
  private readonly total = noParts();

  get read(): number {
    return this.rows;
  }

  get settled(): number {
    return Object.values(this.total).reduce((sum, part) => sum + part, 0);
  }

  row(force: string): void {
    this.rows += 1;
    this.of(force).rows += 1;
  }

  settle(force: string, kind: Outcome['kind']): void {
    this.total[kind] += 1;
    this.of(force)[kind] += 1;
  }

  report(seconds: number): ImportReport {
    const unaccounted = this.rows - this.settled;
    return {
      rows: this.rows,
      ...this.total,
      byForce: Object.fromEntries([...this.forces].sort(([left], [right]) => (left < right ? -1 : 1))),
      seconds: Math.round(seconds * 1000) / 1000,
      ...(unaccounted > 0 && { unaccounted }),
    };
  }

  private of(force: string): { rows: number } & Parts {
    let parts = this.forces.get(force);
    if (!parts) this.forces.set(force, (parts = { rows: 0, ...noParts() }));
    return parts;
  }
}
