import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { limitationYears } from './legal.settings.ts';

export interface Limitation {
  readonly endsOn: string;
  /** The years and their source; "unverified" where there is none. */
  readonly basis: string;
}

/**
 * Kinds of claim that are torts with the general period. Each other kind has a setting of its own name, or no
 * known period.
 */
const PERIOD_OF: Readonly<Record<string, string>> = {
  'false-imprisonment': 'tort',
  'property-damage': 'tort',
  negligence: 'tort',
};

/** The last day on which a claim of this kind can be brought, or null where the period is not known. */
export function limitationOf(kind: string, incidentOn: string): Limitation | null {
  const period = limitationYears.on(PERIOD_OF[kind] ?? kind, incidentOn);
  const day = parseCivilDay(incidentOn);
  if (!period || day === null) return null;
  const basis = `${period.value} years from the incident (${period.source || 'unverified'})`;
  return { endsOn: formatCivilDay(addCalendarMonths(day, period.value * 12)), basis };
}
