import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { limitationYears } from './legal.settings.ts';

export interface Limitation {
  readonly endsOn: string;
  /** The number of years and its source; "unverified" where no source is known. */
  readonly basis: string;
}

/**
 * The kinds of claim that are torts with the general period. Each other kind has a setting under its own
 * name, or no known period.
 */
const PERIOD_BY_KIND: Readonly<Record<string, string>> = {
  'false-imprisonment': 'tort',
  'property-damage': 'tort',
  negligence: 'tort',
};

/** Finds the last day on which such a claim can be brought; null where the period is not known. */
export function limitationOf(kind: string, incidentOn: string): Limitation | null {
  const period = limitationYears.on(PERIOD_BY_KIND[kind] ?? kind, incidentOn);
  const day = parseCivilDay(incidentOn);
  if (!period || day === null) return null;
  const basis = `${period.value} years from the incident (${period.source || 'unverified'})`;
  return { endsOn: formatCivilDay(addCalendarMonths(day, period.value * 12)), basis };
}
