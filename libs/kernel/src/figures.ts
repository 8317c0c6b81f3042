import { formatCivilDay, londonDayOf } from './london.ts';

/**
 * A figure that is set rather than known for ever: a service level, a fee, a limitation period. It holds from a day on,
 * until the next one of the same name. `source` is empty where no published source was found: it is then this
 * deployment's own setting, and is shown as such.
 */
export interface DatedFigure<Value = number> {
  readonly name: string;
  /** First day on which it holds, `YYYY-MM-DD` in London. */
  readonly from: string;
  readonly value: Value;
  readonly source: string;
  readonly note?: string;
}

/** The dated figures of one unit. A name that is not there is unknown: it has no default. */
export class Figures<Value = number> {
  constructor(private readonly figures: readonly DatedFigure<Value>[]) {
    const keys = figures.map(({ name, from }) => `${name} from ${from}`);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice) throw new Error(`The figure ${twice} is given twice`);
  }

  /** What holds on a day (`YYYY-MM-DD`; today in London when left out), or null when nothing is known for it. */
  on(name: string, day: string = todayInLondon()): DatedFigure<Value> | null {
    let found: DatedFigure<Value> | null = null;
    for (const figure of this.figures) {
      if (figure.name === name && figure.from <= day && (!found || figure.from > found.from)) found = figure;
    }
    return found;
  }

  /** The value alone, as a clock's amount takes it: read when the clock starts, so a new figure needs no restart. */
  valueOf(name: string): () => Value | null {
    return () => this.on(name)?.value ?? null;
  }
}

/** The civil date in London at a moment, `YYYY-MM-DD`. */
export function todayInLondon(now: Date = new Date()): string {
  return formatCivilDay(londonDayOf(now.getTime()));
}
