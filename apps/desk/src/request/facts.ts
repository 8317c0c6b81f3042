import { dayText, momentText } from '../layout/london-text.ts';
import type { Schema } from '../units/unit-api.ts';
import { inWords } from './answer-form.ts';

/** A name and its value in words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes values as facts, in the order and with the titles of their schema. Fields that the schema does not
 * have, such as those that a unit's records add to an answer, follow with their names in words.
 */
export function factsOf(values: Values, { properties = {} }: Schema = {}): Fact[] {
  const known = Object.keys(properties).filter((name) => name in values);
  const others = Object.keys(values).filter((name) => !(name in properties));
  return [...known, ...others].flatMap((name) => {
    const property = properties[name] ?? {};
    return valueFacts(property.title ?? inWords(name), values[name], property);
  });
}

function valueFacts(name: string, value: unknown, schema: Schema): Fact[] {
  if (value === null || value === undefined) return [];
  if (isObject(value))
    return factsOf(value, schema).map((fact) => ({ ...fact, name: `${name}: ${fact.name}` }));
  if (Array.isArray(value) && value.some(isObject)) {
    return value.flatMap((item, index) => valueFacts(`${name} ${index + 1}`, item, schema.items ?? {}));
  }
  return [{ name, value: valueText(value, schema) }];
}

function valueText(value: unknown, schema: Schema): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'None' : value.map((item) => valueText(item, schema.items ?? {})).join('\n');
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  const text = String(value);
  if (schema.format === 'date') return dayText(text);
  if (schema.format === 'date-time') return momentText(text);
  return schema.enum === undefined ? text : inWords(text);
}
