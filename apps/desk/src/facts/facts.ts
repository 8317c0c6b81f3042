import { CIVIL_MONTH_PATTERN } from '#contracts';
import { isUuid } from '#kernel';
import { dayText, momentText, monthText, poundsText } from '../layout/london-text.ts';
import type { Schema, UnitAnswer, UnitType } from '../units/unit-api.ts';
import { inWords } from './in-words.ts';

/** A name and its value in words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** A list of records of the same kind, such as the earlier jobs of a vehicle, is a table. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** Words for what has no schema of its own: a record of the unit. */
export interface KnownWords {
  /** The fields of the request's type by their names. A record keeps them under the same names. */
  readonly fields: Readonly<Record<string, Schema>>;
  /** Names that may be values: those of request types and of forces. */
  readonly values: ReadonlyMap<string, string>;
}

const NO_WORDS: KnownWords = { fields: {}, values: new Map() };

export function wordsOf(unit: Pick<UnitAnswer, 'types' | 'forces'>, type: UnitType | undefined): KnownWords {
  return {
    fields: { ...type?.answer.properties, ...type?.payload.properties },
    values: new Map([
      ...unit.forces.map(({ slug, name }) => [slug, name] as const),
      ...unit.types.map(({ name, title }) => [name, title] as const),
    ]),
  };
}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes values as facts, in the order and with the titles of their schema. Fields that the schema does not
 * have, such as those of a unit's records, follow with their known titles, or else with their names in words.
 * Their values are read by their form: a day, a moment, an amount in pence. Identifiers of rows are left out,
 * because they say nothing to people.
 */
export function factsOf(values: Values, { properties = {} }: Schema = {}, words = NO_WORDS): Fact[] {
  const known = Object.keys(properties).filter((name) => name in values);
  const others = Object.keys(values).filter((name) => !(name in properties));
  return [...known, ...others].flatMap((name) => {
    const property = properties[name];
    const value = values[name];
    if (property !== undefined && typeof value === 'number' && PENCE.test(name))
      return [{ name: titleOf(name, property), value: poundsText(value) }];
    if (property !== undefined) return valueFacts(property.title ?? inWords(name), value, property, words);
    if (isUuid(value)) return [];
    return valueFacts(titleOf(name, words.fields[name]), plainValue(name, value, words), {}, words);
  });
}

function valueFacts(name: string, value: unknown, schema: Schema, words: KnownWords): Fact[] {
  if (value === null || value === undefined) return [];
  if (isObject(value))
    return factsOf(value, schema, words).map((fact) => ({ ...fact, name: `${name}: ${fact.name}` }));
  if (Array.isArray(value) && value.length > 0 && value.every(isObject))
    return [{ name, value: '', table: tableOf(value, schema.items, words) }];
  return [{ name, value: valueText(value, schema) }];
}

/** A table with a column for each field that any of the records has. */
function tableOf(
  records: readonly Values[],
  schema: Schema | undefined,
  words: KnownWords,
): NonNullable<Fact['table']> {
  const rows = records.map((record) => factsOf(record, schema, words));
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

const titleOf = (name: string, { title }: Schema = {}): string =>
  title === undefined ? inWords(name.replace(PENCE, '')) : title.replace(/ in pence$/, '');

/** A value without a schema in the form in which people read it. */
function plainValue(name: string, value: unknown, { fields, values }: KnownWords): unknown {
  if (typeof value === 'number' && PENCE.test(name)) return poundsText(value);
  if (typeof value !== 'string') return value;
  if (DAY.test(value)) return dayText(value);
  if (MOMENT.test(value)) return momentText(value);
  const known = values.get(value);
  if (known !== undefined) return known;
  return CODE.test(value) || fields[name]?.enum?.includes(value) === true ? inWords(value) : value;
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
