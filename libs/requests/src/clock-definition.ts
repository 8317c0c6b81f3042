/**
 * The unit in which a time limit is counted. Several clocks may run on one request.
 *
 * - `elapsed-hours`: every hour counts, nights, weekends and both clock changes included (a report of crime:
 *   24 hours from receipt). Ten hours are ten hours even if the wall clock is put forward or back.
 * - `elapsed-hours-excluding-sundays-and-bank-holidays`: hours that fall on a Sunday, Christmas Day, Good
 *   Friday or a bank holiday in England and Wales do not count (Domestic Abuse Act 2021, section 29(3));
 *   Saturdays do.
 * - `working-hours`: hours within the configured opening hours on working days.
 * - `working-days`: whole working days after the day it starts on; due when the last of them ends.
 * - `calendar-days`: days after the day it starts on; due when the last of them ends.
 * - `calendar-months`: the corresponding date, or the month's last day where it has none (Dodds v Walker
 *   [1981] UKHL, 1 WLR 1027); due when that day ends.
 *
 * A day ends at the midnight in London with which the next one begins: that midnight is the due moment, and
 * `dueDay` of a readout names the day that people say. Closing time is not used, because it would shorten a
 * limit in days and move statutory dates with a unit's opening hours.
 */
export type ClockKind =
  | 'elapsed-hours'
  | 'elapsed-hours-excluding-sundays-and-bank-holidays'
  | 'working-hours'
  | 'working-days'
  | 'calendar-days'
  | 'calendar-months';

/**
 * The action that meets a clock: the first claim, the answer, or a milestone. A milestone is a step on the
 * way that staff report by its name (a fault made safe, a claim acknowledged). Answering or declining ends
 * every clock.
 */
export type MetBy = 'claimed' | 'answered' | { readonly milestone: string };

/** A clock of a request type; `P` is the payload that its functions and its start field read. */
export interface ClockDefinition<P = Readonly<Record<string, unknown>>> {
  /** Stable name within the type, kebab-case: `record`, `respond`, `make-safe`, `fix`. */
  readonly name: string;
  readonly title: string;
  /**
   * It is a function of the payload if the unit of the limit depends on the payload (hours for an urgent
   * fault, days for others).
   */
  readonly kind: ClockKind | ((payload: P) => ClockKind);
  /**
   * The limit in the kind's unit, above zero: days and months are whole, hours may have a fraction. It is a
   * function of the payload if the limit depends on the payload (estates priority); null means that this
   * request has no such clock.
   */
  readonly amount: number | ((payload: P) => number | null);
  /**
   * Payload field from which the clock runs, before arrival or after: an instant, or a civil date for the
   * start of that day in London. Without it, or if an optional field is left out, the clock runs from receipt
   * by intake. The clock does not check the moment, because a payload rule refuses an impossible one (a
   * notice served tomorrow).
   */
  readonly startsFrom?: keyof P & string;
  /** True if a hold, or waiting for the force, stops the clock. Statutory clocks do not stop. */
  readonly pausable: boolean;
  readonly metBy: MetBy;
  /**
   * The statute, seed or decision that sets the time limit. It is shown beside the limit; an empty text means
   * that the limit is a local setting.
   */
  readonly source: string;
}
