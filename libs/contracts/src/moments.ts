import { formatCivilDay, londonDayOf } from '#kernel';
import type { Schema } from './schema.ts';
import type { FieldError } from './problem.ts';

/** Declares how a date, month or moment relates to now and to other fields of its object. */
export interface MomentOptions {
  /**
   * True for an event that has happened: a future value is refused. False allows the future. Payloads and
   * answers set one.
   */
  readonly past?: boolean;
  /** Names a field of the same object; this value may not be earlier. */
  readonly notBefore?: string;
  /** Names a field of the same object; this value may not be later. */
  readonly notAfter?: string;
}

/** The schema keywords for these rules. */
export const MOMENT_KEYWORDS = ['x-past', 'x-not-before', 'x-not-after'] as const;

/** A sender's clock may run five minutes ahead of ours before its moments count as future. */
const CLOCK_ALLOWANCE_MS = 300_000;

export function momentKeywords({ past, notBefore, notAfter }: MomentOptions): Schema {
  return {
    ...(past !== undefined && { 'x-past': past }),
    ...(notBefore !== undefined && { 'x-not-before': notBefore }),
    ...(notAfter !== undefined && { 'x-not-after': notAfter }),
  };
}

/**
 * Finds each field that lies in the future and may not, or is out of order. The value already passed its
 * schema. Callers check this only when the value first arrives, because only then does "now" mean what the
 * sender meant.
 */
export function momentFaults(
  schema: Schema,
  value: unknown,
  pointer: string,
  now: number = Date.now(),
): FieldError[] {
  if (schema['type'] === 'array') {
    const items = schema['items'] as Schema;
    return items['type'] === 'object'
      ? (value as unknown[]).flatMap((one, n) => momentFaults(items, one, `${pointer}/${n}`, now))
      : [];
  }
  if (schema['type'] !== 'object' || schema['properties'] === undefined) return [];
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(schema['properties'] as Readonly<Record<string, Schema>>).flatMap(([name, field]) => {
    const moment = given[name];
    const place = `${pointer}/${name}`;
    if (moment === undefined) return [];
    return typeof moment === 'string'
      ? fieldFaults(name, field, moment, place, given, now)
      : momentFaults(field, moment, place, now);
  });
}

function fieldFaults(
  name: string,
  field: Schema,
  moment: string,
  pointer: string,
  given: Readonly<Record<string, unknown>>,
  now: number,
): FieldError[] {
  const faults: FieldError[] = [];
  const latest = new Date(now + CLOCK_ALLOWANCE_MS).toISOString();
  if (field['x-past'] === true && isAfter(moment, latest)) {
    faults.push({ pointer, code: `${camel(name)}HasHappened`, detail: `${name} must not be in the future` });
  }
  const [earlier, later] = [field['x-not-before'], field['x-not-after']] as [
    string | undefined,
    string | undefined,
  ];
  const [from, until] = [earlier && given[earlier], later && given[later]];
  if (earlier && typeof from === 'string' && isAfter(from, moment)) {
    faults.push({
      pointer,
      code: `${camel(name)}IsNotBefore${camel(earlier)}`,
      detail: `${name} must not be before ${earlier}`,
    });
  }
  if (later && typeof until === 'string' && isAfter(moment, until)) {
    faults.push({
      pointer,
      code: `${camel(name)}IsNotAfter${camel(later)}`,
      detail: `${name} must not be after ${later}`,
    });
  }
  return faults;
}

/** Compares two moments as instants, days or months, whichever of the two is coarser, in London time. */
function isAfter(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length, INSTANT_LENGTH);
  if (length === INSTANT_LENGTH) return Date.parse(left) > Date.parse(right);
  return civil(left).slice(0, length) > civil(right).slice(0, length);
}

/** An instant is longer than a day, `YYYY-MM-DD`, and a day than a month, `YYYY-MM`. */
const INSTANT_LENGTH = 11;

function civil(moment: string): string {
  return moment.length < INSTANT_LENGTH ? moment : formatCivilDay(londonDayOf(Date.parse(moment)));
}

function camel(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
