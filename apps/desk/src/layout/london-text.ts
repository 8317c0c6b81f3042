const EXACT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const WITH_YEAR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const YEAR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric' });

/** A moment as people in London write it: "Tue 3 Mar, 15:20", with the year if it is not this one. */
export function momentText(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const format = YEAR.format(at) === YEAR.format(now) ? EXACT : WITH_YEAR;
  return format
    .format(at)
    .replace(/^(\w{3}), /, '$1 ')
    .replace(' at ', ', ');
}

/** A civil day: "Tue 3 Mar 2026". */
export function dayText(day: string): string {
  return DAY.format(new Date(`${day}T12:00:00Z`)).replace(/^(\w{3}), /, '$1 ');
}

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** A month of the calendar: "October 2018". */
export const monthText = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));

const POUNDS = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** An amount in pence as pounds: "£1,204.50". */
export const poundsText = (pence: number): string => POUNDS.format(pence / 100);

/** A count with its noun: "1 request", "1,204 requests". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
