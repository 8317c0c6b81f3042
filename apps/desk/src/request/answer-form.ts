import { inWords } from '../facts/in-words.ts';
import { rulesOf, type FieldRules } from './field-rules.ts';
import type { Schema } from '../units/unit-api.ts';

/** A field of a form, made from a property of a type's answer schema. */
export interface FormField {
  /** The path below the answer: `medicalFacts/doctor`. */
  readonly path: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly widget:
    | 'text'
    | 'long-text'
    | 'number'
    | 'pounds'
    | 'date'
    | 'moment'
    | 'choice'
    | 'yes-no'
    | 'lines'
    | 'choices';
  readonly choices?: readonly { readonly value: string; readonly text: string }[];
  readonly max: number | undefined;
  readonly rules?: FieldRules | undefined;
}

/** A group of fields with a legend, for an object inside the answer. */
export interface FormGroup {
  readonly path: string;
  readonly legend: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly fields: readonly FormField[];
  readonly rules?: FieldRules | undefined;
}

export type FormPart = FormField | FormGroup;

export const isGroup = (part: FormPart): part is FormGroup => 'legend' in part;

const LONG_TEXT_FROM = 120;
/** The items of a list that are written one per line. */
const LINES: readonly string[] = ['string'];
/** Makes the form of an answer. Throws for a property for which there is no widget, so that none is lost. */
export function answerForm(schema: Schema): FormPart[] {
  return partsOf(schema, '');
}

function partsOf(schema: Schema, under: string): FormPart[] {
  const { properties = {}, required = [] } = schema;
  const rules = rulesOf(schema);
  return Object.entries(properties).flatMap(([name, property]): FormPart[] => {
    const path = under === '' ? name : `${under}/${name}`;
    const about = {
      path,
      hint: property.description,
      required: required.includes(name),
      rules: rules.get(name),
    };
    const title = titleOf(name, property);
    if (property.properties !== undefined) {
      const fields = partsOf(property, path);
      if (fields.some(isGroup))
        throw new Error(`the form of an answer has no place for groups below ${path}`);
      return [{ ...about, legend: title, fields: fields as FormField[] }];
    }
    if (property.items?.properties !== undefined) return repeatedGroups(property, about, title);
    return [{ ...about, label: title, ...widgetOf(property, path) }];
  });
}

/** One group for each item that a list of objects must have, and at least one. */
function repeatedGroups(
  { items = {}, minItems = 0, maxItems = 1 }: Schema,
  about: Pick<FormGroup, 'path' | 'hint' | 'required' | 'rules'>,
  title: string,
): FormGroup[] {
  const count = Math.max(minItems, Math.min(1, maxItems));
  return Array.from({ length: count }, (_, n) => ({
    ...about,
    path: `${about.path}/${String(n)}`,
    legend: count > 1 ? `${title} ${String(n + 1)}` : title,
    fields: partsOf(items, `${about.path}/${String(n)}`) as FormField[],
  }));
}

function widgetOf(schema: Schema, path: string): Pick<FormField, 'widget' | 'choices' | 'max'> {
  const { type: kind, format, items = {}, maxLength, maximum, maxItems } = schema;
  const choices = choicesOf(schema);
  if (choices) return { widget: 'choice', choices, max: undefined };
  switch (kind) {
    case 'boolean':
      return { widget: 'yes-no', max: undefined };
    case 'integer':
      return { widget: isPence(path) ? 'pounds' : 'number', max: maximum };
    case 'number':
      return { widget: 'number', max: maximum };
    case 'array': {
      const itemChoices = choicesOf(items);
      if (itemChoices) return { widget: 'choices', choices: itemChoices, max: undefined };
      if (items.type !== undefined && LINES.includes(items.type)) return { widget: 'lines', max: maxItems };
      break;
    }
    case 'string':
      if (format === 'date') return { widget: 'date', max: undefined };
      if (format === 'date-time') return { widget: 'moment', max: undefined };
      return {
        widget: maxLength !== undefined && maxLength <= LONG_TEXT_FROM ? 'text' : 'long-text',
        max: maxLength,
      };
  }
  throw new Error(`the form of an answer has no widget for ${path}`);
}

/** Amounts are whole pence in every request type, and people write pounds. */
const isPence = (name: string): boolean => name.endsWith('Pence');

function titleOf(name: string, { title = inWords(name) }: Schema): string {
  return isPence(name) ? title.replace(/ in pence$/, ' in pounds') : title;
}

function choicesOf({ enum: values }: Schema): FormField['choices'] {
  return values?.map((value) => ({ value: String(value), text: inWords(String(value)) }));
}
