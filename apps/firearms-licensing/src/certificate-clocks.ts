import { formatCivilDay, parseCivilDay, startOfLondonDay } from '#kernel';
import type { ClockDefinition } from '#requests';

/**
 * A renewal must be lodged this long before expiry. It then extends the old certificate for the same time:
 * eight weeks each.
 */
const EIGHT_WEEKS_DAYS = 56;
/** A certificate lasts five years. */
export const CERTIFICATE_MONTHS = 60;

interface ReceivedApplication {
  readonly applicationReceivedOn: string;
}
interface Renewal extends ReceivedApplication {
  readonly expiresOn: string;
}

export const FOUR_MONTH_CLOCK: ClockDefinition<ReceivedApplication> = {
  name: 'decide',
  title: 'Decide within four months of receipt of the application',
  kind: 'calendar-months',
  amount: 4,
  startsFrom: 'applicationReceivedOn',
  pausable: false,
  metBy: 'answered',
  source:
    'national target for firearms licensing: a grant or renewal is decided within four months of receipt',
};

/**
 * Finds the last day of the old certificate while its renewal is undecided; null where the renewal came too
 * late to extend it.
 */
export function extendedUntil(expiresOn: string, applicationReceivedOn: string): string | null {
  const [expiry, received] = [parseCivilDay(expiresOn), parseCivilDay(applicationReceivedOn)];
  if (expiry === null || received === null) return null;
  return received <= expiry - EIGHT_WEEKS_DAYS ? formatCivilDay(expiry + EIGHT_WEEKS_DAYS) : null;
}

function isExtended({ expiresOn, applicationReceivedOn }: Renewal): boolean {
  return extendedUntil(expiresOn, applicationReceivedOn) !== null;
}

/**
 * Counts the hours of one day in London: 23 or 25 when the clocks change. The clock then ends exactly with
 * the day.
 */
function hoursOfDay(date: string): number | null {
  const day = parseCivilDay(date);
  return day === null ? null : (startOfLondonDay(day + 1) - startOfLondonDay(day)) / 3_600_000;
}

/** The decision must come before it becomes unlawful to hold the guns. Exactly one of the two clocks runs. */
export const LAPSE_CLOCKS: readonly ClockDefinition<Renewal>[] = [
  {
    name: 'extension-ends',
    title: 'Decide before the extension of the old certificate ends',
    kind: 'calendar-days',
    amount: (payload) => (isExtended(payload) ? EIGHT_WEEKS_DAYS : null),
    startsFrom: 'expiresOn',
    pausable: false,
    metBy: 'answered',
    source:
      'Firearms Act 1968, section 28B: lodged at least eight weeks before expiry, extended by up to eight weeks',
  },
  {
    name: 'certificate-expires',
    title: 'Decide before the old certificate expires (lodged too late to extend it)',
    kind: 'elapsed-hours',
    amount: (payload) => (isExtended(payload) ? null : hoursOfDay(payload.expiresOn)),
    startsFrom: 'expiresOn',
    pausable: false,
    metBy: 'answered',
    source:
      'Firearms Act 1968, section 28B: a renewal lodged less than eight weeks before expiry extends nothing',
  },
];
