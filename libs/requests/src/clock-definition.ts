/**
 * A promise of time on a request type. Several may run on one request.
 *
 * - `elapsed`: every hour counts (a report of crime: 24 hours from receipt).
 * - `elapsed-excluding-sundays-and-bank-holidays`: hours on Sundays, Christmas Day, Good Friday and bank
 *   holidays in England and Wales do not count (Domestic Abuse Act 2021, section 29); Saturdays do.
 * - `working-days`: whole working days after the day it starts on; due at the end of the last one.
 * - `working-hours`: hours within the configured opening hours on working days.
 * - `calendar-months` / `calendar-days` : the corresponding date, due at the end of that day in London.
 */
export type ClockKind =
  | 'elapsed-hours'
  | 'elapsed-hours-excluding-sundays-and-bank-holidays'
  | 'working-days'
  | 'working-hours'
  | 'calendar-days'
  | 'calendar-months';

export interface ClockDefinition {
  /** Stable name within the type, kebab-case: `record`, `respond`, `make-safe`, `fix`. */
  readonly name: string;
  readonly title: string;
  readonly kind: ClockKind;
  /** In the kind's unit. A function of the payload where the promise depends on it (estates priority). */
  readonly amount: number | ((payload: Readonly<Record<string, unknown>>) => number | null);
  /** Payload field (an instant or date) from which it runs; without one, from receipt by intake. */
  readonly startsFrom?: string;
  /** Whether waiting for the force or a hold stops it. Statutory clocks do not stop. */
  readonly pausable: boolean;
  /** State on reaching which the clock is met; `answered` or `declined` always end a clock. */
  readonly metBy: 'claimed' | 'answered';
  /** Statute, seed or decision that the figure comes from; shown beside it. Empty when it is local configuration. */
  readonly source: string;
}
