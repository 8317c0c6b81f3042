import { fromLondon } from '#kernel';
import type { TypedFields } from '../drafts/unsent-texts.store.ts';
import { isGroup, type FormField, type FormPart } from './answer-form.ts';

/** The fields of a posted form: text, or several texts for a field with several choices. */
export type PostedFields = Readonly<Record<string, string | readonly string[] | undefined>>;

export const FIELD_PREFIX = 'field/';

type Answer = Readonly<Record<string, unknown>>;

/**
 * Reads the answer from the fields of a posted form. Empty fields are left out; the unit checks the rest, so
 * that a rule is written only once. A text that is not a number or not a date is passed on as it is: the
 * unit's message names the field.
 */
export function postedAnswer(parts: readonly FormPart[], posted: PostedFields): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const part of parts) {
    if (!isGroup(part)) put(answer, lastOf(part.path), valueOf(part, posted));
    else {
      const inside: Record<string, unknown> = {};
      for (const field of part.fields) put(inside, lastOf(field.path), valueOf(field, posted));
      if (Object.keys(inside).length > 0) putGroup(answer, part.path, inside);
    }
  }
  return answer;
}

/** Writes an answer as the fields of its form, so that a person changes it and does not type it again. */
export function fieldsOfAnswer(parts: readonly FormPart[], answer: Answer): TypedFields {
  const fields = parts.flatMap((part) => (isGroup(part) ? part.fields : [part]));
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueAt(answer, field.path.split('/'));
      return value === undefined || value === null
        ? []
        : [[`${FIELD_PREFIX}${field.path}`, textOf(field, value)] as const];
    }),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt((value as Answer)[name], rest) : undefined;
}

function textOf({ widget }: FormField, value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return widget === 'choices' ? value.map(String) : value.join('\n');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return widget === 'pounds' && typeof value === 'number' ? (value / 100).toFixed(2) : String(value);
}

/** A group whose path ends with a number is an item of a list. */
function putGroup(answer: Record<string, unknown>, path: string, inside: object): void {
  const [name = '', index] = path.split('/');
  if (index === undefined) answer[name] = inside;
  else answer[name] = [...((answer[name] as object[] | undefined) ?? []), inside];
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function put(into: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) into[name] = value;
}

function valueOf(field: FormField, posted: PostedFields): unknown {
  const given = posted[`${FIELD_PREFIX}${field.path}`];
  if (field.widget === 'choices') {
    const chosen = given === undefined ? [] : typeof given === 'string' ? [given] : [...given];
    return chosen.length > 0 ? chosen : undefined;
  }
  const text = typeof given === 'string' ? given.trim() : '';
  if (text === '') return undefined;
  switch (field.widget) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text.replaceAll(',', '')) ? Number(text.replaceAll(',', '')) : text;
    case 'pounds':
      return penceOf(text);
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : text;
    case 'lines':
      return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'moment':
      return momentOf(text);
    default:
      return text.replaceAll('\r\n', '\n');
  }
}

const POUNDS = /^£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/** "£1,204.50" in pence. Other text is passed on, and the unit refuses it. */
function penceOf(text: string): number | string {
  const [, pounds, pence = '00'] = POUNDS.exec(text) ?? [];
  return pounds === undefined
    ? text
    : Number(pounds.replaceAll(',', '')) * 100 + Number(pence.padEnd(2, '0'));
}

const LOCAL_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** A browser sends the time on the wall in London; the wire format needs a moment. */
function momentOf(text: string): string {
  const wall = LOCAL_MOMENT.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  return Number.isNaN(wall) ? text : new Date(fromLondon(wall)).toISOString();
}
