/** What became of one row. Exactly one of these; a row without one is not accounted for. */
export type Outcome =
  | { readonly kind: 'accepted' | 'duplicate' | 'notCrimes' | 'withoutId' }
  | { readonly kind: 'conflict'; readonly with: string }
  | { readonly kind: 'refused'; readonly why: string };

type Parts = Record<Outcome['kind'], number>;

export interface ImportReport extends Parts {
  readonly rows: number;
  /** By slug of the reporting force; rows that name no known force stand under "unknown". */
  readonly byForce: Readonly<Record<string, { rows: number } & Parts>>;
  readonly seconds: number;
  /** Only present when not zero: rows that were read and got no definite answer. */
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

/** Counts rows in and outcomes out, so that the parts sum to the rows or the difference shows. */
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
