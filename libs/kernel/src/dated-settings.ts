import { formatCivilDay, londonDayOf } from './london.ts';

/**
 * A setting that changes over time: a service level, a fee, a limitation period. It holds from its first day
 * until the next setting of the same name begins. An empty `source` means that no published source was found;
 * the value is then this deployment's own choice, and is shown as such.
 */
export interface DatedSetting<Value = number> {
  readonly name: string;
  /** First day on which it holds, `YYYY-MM-DD` in London. */
  readonly from: string;
  readonly value: Value;
  readonly source: string;
  readonly note?: string;
}

/** The dated settings of one unit. A name that is not listed is unknown: it has no default. */
export class DatedSettings<Value = number> {
  constructor(private readonly settings: readonly DatedSetting<Value>[]) {
    const keys = settings.map(({ name, from }) => `${name} from ${from}`);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice) throw new Error(`The setting ${twice} is given twice`);
  }

  /**
   * Finds the setting for a day (`YYYY-MM-DD`, by default today in London). Returns null when none is known.
   */
  on(name: string, day: string = todayInLondon()): DatedSetting<Value> | null {
    let found: DatedSetting<Value> | null = null;
    for (const setting of this.settings) {
      if (setting.name === name && setting.from <= day && (!found || setting.from > found.from))
        found = setting;
    }
    return found;
  }

  /**
   * Returns a function that reads the value for today. A clock takes it as its amount and calls it when it
   * starts, so that a new setting takes effect on its day without a restart.
   */
  currentValueOf(name: string): () => Value | null {
    return () => this.on(name)?.value ?? null;
  }
}

/** The civil date in London at a moment, `YYYY-MM-DD`. */
export function todayInLondon(now: Date = new Date()): string {
  return formatCivilDay(londonDayOf(now.getTime()));
}
