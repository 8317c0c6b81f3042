import { formatCivilDay, parseCivilDay, type CivilDay } from './london.ts';

/**
 * Bank holidays in England and Wales, including substitute days, as month-day by year.
 *
 * The library `date-holidays` computed them, and the gov.uk feed confirmed them for these years: the spec
 * beside this file recomputes every year with the library and compares both with the feed. The dates are
 * written out here because the library loads the calendars of every country: 44 MB and 170 ms in each process
 * (measured with 3.37.0 on Node 24), for eight days a year.
 *
 * If a holiday at a weekend has a substitute, the feed names only the substitute, and so does this table. One
 * Saturday matters: 26 December is a bank holiday under the Banking and Financial Dealings Act 1971 (Schedule
 * 1, paragraph 1) unless it is a Sunday. The feed does not name it in 2015, 2020 and 2026, so it is not in
 * this table: a clock that skips bank holidays then ends a day earlier, never a day too late.
 */
const TABLE: Readonly<Record<number, string>> = {
  2013: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2014: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2015: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2016: '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
  2017: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
};

export const PROVEN_YEARS = { first: 2013, last: 2028 } as const;

/** Thrown when code asks for the bank holidays of a year that the feed has not confirmed. */
export class UnprovenYear extends Error {
  constructor(readonly year: number) {
    super(
      `Bank holidays of England and Wales are proven for ${PROVEN_YEARS.first} to ${PROVEN_YEARS.last}, not for ${year}. ` +
        'Once gov.uk publishes the year, add its events to libs/kernel/src/bank-holidays.gov-uk.json and raise PROVEN_YEARS in bank-holidays.ts: bank-holidays.spec.ts says what is missing.',
    );
    this.name = 'UnprovenYear';
  }
}

/** A set of bank holidays that knows the years for which it is proven. */
export interface BankHolidays {
  /** True if the set is proven for the year of the day. */
  covers(day: CivilDay): boolean;
  /** Throws `UnprovenYear` for a day that is not covered. */
  has(day: CivilDay): boolean;
}

const days = new Set<CivilDay>(
  Object.entries(TABLE).flatMap(([year, dates]) =>
    dates.split(' ').map((date) => parseCivilDay(`${year}-${date}`) as CivilDay),
  ),
);
const firstDay = parseCivilDay(`${PROVEN_YEARS.first}-01-01`) as CivilDay;
const lastDay = parseCivilDay(`${PROVEN_YEARS.last}-12-31`) as CivilDay;

/**
 * Bank holidays in England and Wales for the proven years.
 *
 * A date in a request must never crash a service. Code that counts over dates from outside either calls
 * `covers` first, or counts with `WorkingCalendar.beyondProof()`, which assumes that unproven years have no
 * bank holidays, so that due moments are the earlier ones. The clocks of libs/requests do the latter.
 */
export const ENGLAND_AND_WALES: BankHolidays = {
  covers: (day) => day >= firstDay && day <= lastDay,
  has(day) {
    if (day < firstDay || day > lastDay) throw new UnprovenYear(Number(formatCivilDay(day).slice(0, -6)));
    return days.has(day);
  },
};
