import type { Schema, Searched } from '#contracts';
import { codeOf, isIgnored, termOf, wordsOf } from './searched-text.ts';

/** A term under which a request is found, and the title of its field. */
export interface SearchTerm {
  readonly term: string;
  readonly title: string;
}

/** Number of different words that one field may give. */
const WORDS_PER_FIELD_MAX = 8;
/** Number of terms of one payload or answer. The codes come first. */
const TERMS_MAX = 16;

interface SearchedField {
  readonly path: readonly string[];
  readonly title: string;
  readonly searched: Searched;
}

const fieldsBySchema = new WeakMap<Schema, readonly SearchedField[]>();

/** The fields that a payload or answer class marks as searched: codes first, then words, each as declared. */
export function searchedFields(schema: Schema): readonly SearchedField[] {
  const known = fieldsBySchema.get(schema);
  if (known) return known;
  const fields = fieldsWithin(schema, []);
  const ordered = [
    ...fields.filter(({ searched }) => searched === 'code'),
    ...fields.filter(({ searched }) => searched === 'words'),
  ];
  fieldsBySchema.set(schema, ordered);
  return ordered;
}

function fieldsWithin(schema: Schema, path: readonly string[]): SearchedField[] {
  const fields = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries(fields).flatMap(([name, field]) => {
    const searched = field['x-searched'] as Searched | undefined;
    const own = [...path, name];
    return searched === undefined
      ? fieldsWithin(field, own)
      : [{ path: own, searched, title: (field['title'] as string | undefined) ?? name }];
  });
}

/** The terms of a payload or an answer, each once, in the order of its searched fields. */
export function termsOfFields(schema: Schema, value: unknown): SearchTerm[] {
  const terms = new Map<string, SearchTerm>();
  for (const { path, title, searched } of searchedFields(schema)) {
    const text = path.reduce(memberOf, value);
    if (typeof text !== 'string') continue;
    for (const term of searched === 'code' ? [codeOf(text)] : fewWordsOf(text)) {
      if (terms.size >= TERMS_MAX) return [...terms.values()];
      if (term !== '' && !terms.has(term)) terms.set(term, { term, title });
    }
  }
  return [...terms.values()];
}

/** Returns the first different words of a text that say something. */
function fewWordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const word of wordsOf(text)) {
    if (words.size >= WORDS_PER_FIELD_MAX) break;
    if (!isIgnored(word)) words.add(termOf(word));
  }
  return [...words];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
