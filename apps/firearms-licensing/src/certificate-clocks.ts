import { formatCivilDay, parseCivilDay, startOfLondonDay } from '#kernel';
import type { ClockDefinition } from '#requests';

/**
 * How long before expiry a renewal must be lodged, and for how long it then extends the old certificate:
 * eight weeks each.
 */
const EIGHT_WEEKS_DAYS = 56;
/** A certificate lasts five years. */
export const CERTIFICATE_MONTHS = 60;

interface Received {
  readonly applicationReceivedOn: string;
}
interface Renewal extends Received {
  readonly expiresOn: string;
}

export const DECIDED_IN_FOUR_MONTHS: ClockDefinition<Received> = {
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
 * Until when the old certificate holds while its renewal is undecided; null where the renewal came too late
 * to extend it.
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
 * Hours of one day in London: 23 and 25 when the clocks change, so that the clock ends exactly with the day.
 */
function hoursOfDay(date: string): number | null {
  const day = parseCivilDay(date);
  return day === null ? null : (startOfLondonDay(day + 1) - startOfLondonDay(day)) / 3_600_000;
}

/** When holding the guns becomes unlawful, which a decision must come before. Exactly one of the two runs. */
export const BEFORE_THE_CERTIFICATE_LAPSES: readonly ClockDefinition<Renewal>[] = [
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
