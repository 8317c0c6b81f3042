import { formatCivilDay, londonDayOf } from '#kernel';
import type { Schema } from './field.ts';
import type { FieldError } from './problem.ts';

/** How a date, a month or a moment stands to now and to the others of its object: part of the field's declaration. */
export interface MomentOptions {
  /** True for what has happened: refused in the future. False says that it may lie ahead. Payloads and answers say one of the two. */
  readonly past?: boolean;
  /** The field of the same object that it may not be before. */
  readonly notBefore?: string;
  /** The field of the same object that it may not be after. */
  readonly notAfter?: string;
}

/** The keywords by which the schema tells of them. */
export const MOMENT_KEYWORDS = ['x-past', 'x-not-before', 'x-not-after'] as const;

/** How far ahead of ours a sender's clock may run before its moments are taken for the future: five minutes. */
const CLOCK_ALLOWANCE_MS = 300_000;

export function momentKeywords({ past, notBefore, notAfter }: MomentOptions): Schema {
  return {
    ...(past !== undefined && { 'x-past': past }),
    ...(notBefore !== undefined && { 'x-not-before': notBefore }),
    ...(notAfter !== undefined && { 'x-not-after': notAfter }),
  };
}

/**
 * Each field of a value that lies in the future and may not, or is out of order. The value fits the schema: this is asked once every
 * field is right, when the value comes in, for only then does "now" mean what the sender meant.
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

/** Compares two moments as instants, days or months: by the coarser of the two, in London. */
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
