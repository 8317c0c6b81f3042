import { CIVIL_MONTH_PATTERN } from '#contracts';
import { isUuid } from '#kernel';
import { dayText, momentText, monthText, poundsText } from '../layout/london-text.ts';
import type { Schema } from '../units/unit-api.ts';
import { inWords } from './answer-form.ts';

/** A name and its value in words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** A list of records of the same kind, such as the earlier jobs of a vehicle, is a table. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes values as facts, in the order and with the titles of their schema. Fields that the schema does not
 * have, such as those of a unit's records, follow with their names in words. Their values are read by their
 * form: a day, a moment, an amount in pence. Identifiers of rows are left out, because they say nothing to
 * people.
 */
export function factsOf(values: Values, { properties = {} }: Schema = {}): Fact[] {
  const known = Object.keys(properties).filter((name) => name in values);
  const others = Object.keys(values).filter((name) => !(name in properties));
  return [...known, ...others].flatMap((name) => {
    const property = properties[name];
    const value = values[name];
    if (property !== undefined && typeof value === 'number' && PENCE.test(name))
      return [
        { name: (property.title ?? titleOf(name)).replace(/ in pence$/, ''), value: poundsText(value) },
      ];
    if (property !== undefined) return valueFacts(property.title ?? inWords(name), value, property);
    return isUuid(value) ? [] : valueFacts(titleOf(name), plainValue(name, value), {});
  });
}

function valueFacts(name: string, value: unknown, schema: Schema): Fact[] {
  if (value === null || value === undefined) return [];
  if (isObject(value))
    return factsOf(value, schema).map((fact) => ({ ...fact, name: `${name}: ${fact.name}` }));
  if (Array.isArray(value) && value.length > 0 && value.every(isObject))
    return [{ name, value: '', table: tableOf(value, schema.items) }];
  return [{ name, value: valueText(value, schema) }];
}

/** A table with a column for each field that any of the records has. */
function tableOf(records: readonly Values[], schema: Schema | undefined): NonNullable<Fact['table']> {
  const rows = records.map((record) => factsOf(record, schema));
  const columns = [...new Set(rows.flatMap((facts) => facts.map(({ name }) => name)))];
  return {
    columns,
    rows: rows.map((facts) =>
      columns.map((column) => facts.find(({ name }) => name === column)?.value ?? ''),
    ),
  };
}

const PENCE = /Pence$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const MONTH = /^\d{4}-\d{2}$/;
const CODE = /^[a-z]+(?:-[a-z]+)+$/;

const titleOf = (name: string): string => inWords(name.replace(PENCE, ''));

/** A value without a schema in the form in which people read it. */
function plainValue(name: string, value: unknown): unknown {
  if (typeof value === 'number' && PENCE.test(name)) return poundsText(value);
  if (typeof value !== 'string') return value;
  if (DAY.test(value)) return dayText(value);
  if (MOMENT.test(value)) return momentText(value);
  return CODE.test(value) ? inWords(value) : value;
}

function valueText(value: unknown, schema: Schema): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'None' : value.map((item) => valueText(item, schema.items ?? {})).join('\n');
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  const text = String(value);
  if (schema.format === 'date') return dayText(text);
  if (schema.pattern === CIVIL_MONTH_PATTERN && MONTH.test(text)) return monthText(text);
  if (schema.format === 'date-time') return momentText(text);
  return schema.enum === undefined ? text : inWords(text);
}
