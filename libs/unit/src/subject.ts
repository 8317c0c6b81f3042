import type { PayloadCheck } from '#contracts';
import type { RequestType } from './unit-definition.ts';

/** A longer subject is cut, because it stands in one line of a list. */
export const SUBJECT_MAX = 120;

type Fields = Readonly<Record<string, unknown>>;

/** The line that says what a request is about; empty if its type says nothing about it. */
export function subjectOf({ subject }: RequestType, payload: Fields): string {
  const line = subject(payload)
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length <= SUBJECT_MAX
    ? line
    : `${line
        .slice(0, SUBJECT_MAX - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/**
 * Lists are read without an entry in the access log, so the subject of a law-enforcement request must be the
 * same without its personal fields.
 */
export function subjectFaults(type: RequestType, { schema }: PayloadCheck, payload: Fields): string[] {
  const line = subjectOf(type, payload);
  if (line === '') return ['has no subject: lists would not say what the request is about'];
  if (!type.lawEnforcement) return [];
  const fields = (schema['properties'] ?? {}) as Readonly<Record<string, Fields>>;
  const open = Object.entries(payload).filter(([name]) => fields[name]?.['x-personal'] !== true);
  return subjectOf(type, Object.fromEntries(open)) === line
    ? []
    : ['has a personal field in its subject, which is shown without an entry in the access log'];
}

/** A name in kebab-case, such as `made-safe`, in words. */
export function inWords(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** A civil date in words: 3 Mar 2026. */
export function dayInWords(date: string): string {
  return DAY.format(new Date(`${date}T00:00:00Z`));
}
