import { isKebabCase, isVisible, textOfUtf8 } from '#kernel';
import type { Catalogue } from './catalogue.ts';

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const FAMILIES = ['organisational', 'operational support', 'protective'];
const STATUSES = ['live', 'suspended', 'ended'];
/** These bounds are those of the published message (contracts, AgreementPublished). */
const PARTICIPANTS_MAX = 50;
const DELEGATED_MAX = 50;

type Rule = readonly [says: string, holds: (value: unknown) => boolean];
type Shape = Readonly<Record<string, Rule>>;

const text: Rule = [
  'a text of 1 to 200 characters',
  (value) => typeof value === 'string' && isVisible(value) && value.length <= 200,
];
const slug: Rule = [
  'lower-case words joined by hyphens, at most 40 characters',
  (value) => isKebabCase(value, 40),
];
const date: Rule = [
  'a date, YYYY-MM-DD',
  (value) => typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value)),
];
const listOf = (says: string, min: number, max: number, holds: (value: unknown) => boolean): Rule => [
  says,
  (value) =>
    Array.isArray(value) &&
    value.length >= min &&
    value.length <= max &&
    value.every(holds) &&
    new Set(value).size === value.length,
];
const oneOf = (values: readonly string[]): Rule => [
  `one of ${values.join(', ')}`,
  (value) => values.includes(value as string),
];
const optional = ([says, holds]: Rule): Rule => [says, (value) => value === undefined || holds(value)];
const seeds = listOf('a list of document numbers such as "000", none twice', 1, 10, (value) =>
  /^\d{3}$/.test(String(value)),
);

const TERMS: Shape = {
  demonstration: ['true or false', (value) => typeof value === 'boolean'],
  note: optional(text),
  participants: listOf('a list of forces, none twice', 1, PARTICIPANTS_MAX, (value) =>
    isKebabCase(value, 31),
  ),
  from: date,
  to: optional(date),
  status: optional(oneOf(STATUSES)),
};
const FUNCTION: Shape = {
  id: ['F and a number', (value) => /^F[1-9]\d{0,2}$/.test(String(value))],
  slug,
  title: text,
  family: oneOf(FAMILIES),
  seeds,
  state: text,
  unit: optional(slug),
  delegated: optional(
    listOf('a list of request types, none twice', 1, DELEGATED_MAX, (value) => isKebabCase(value, 60)),
  ),
  agreement: ['an object', (value) => value === undefined || isObject(value)],
};
const NEVER_SHARED: Shape = {
  id: ['N and a number', (value) => /^N[1-9]\d{0,2}$/.test(String(value))],
  slug,
  title: text,
  seeds,
  aliases: listOf('a list of words joined by hyphens, none twice', 0, 50, (value) => isKebabCase(value, 60)),
};

function textOf(bytes: Uint8Array): string {
  try {
    return textOfUtf8(bytes);
  } catch (error) {
    throw new Error(`The catalogue is ${(error as Error).message}: save it as UTF-8.`, { cause: error });
  }
}

/**
 * Reads a catalogue from text or from a file's bytes. Throws one error that lists every fault with its place.
 */
export function parseCatalogue(given: string | Uint8Array): Catalogue {
  const json = typeof given === 'string' ? given : textOf(given);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`The catalogue is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const faults = catalogueFaults(value);
  if (faults.length > 0)
    throw new Error(`The catalogue is refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  return value as Catalogue;
}

function catalogueFaults(value: unknown): string[] {
  if (!isObject(value)) return ['it must be an object'];
  const lists = ['functions', 'neverShared'].filter((name) => !Array.isArray(value[name]));
  const strangers = Object.keys(value).filter(
    (name) => !['agreements', 'functions', 'neverShared'].includes(name),
  );
  if (lists.length > 0 || strangers.length > 0) {
    return [
      ...lists.map((name) => `${name} must be a list`),
      ...strangers.map((name) => `${name} is not known here`),
    ];
  }
  const functions = value['functions'] as unknown[];
  const neverShared = value['neverShared'] as unknown[];
  const faults = [
    ...shapeFaults(value['agreements'], TERMS, 'agreements'),
    ...functions.flatMap((entry, index) => functionFaults(entry, `functions[${index}]`)),
    ...neverShared.flatMap((entry, index) => shapeFaults(entry, NEVER_SHARED, `neverShared[${index}]`)),
  ];
  // Rules over several entries are checked only if each entry is valid.
  return faults.length > 0 ? faults : spanningFaults(value as unknown as Catalogue);
}

function functionFaults(entry: unknown, at: string): string[] {
  const faults = shapeFaults(entry, FUNCTION, at);
  if (!isObject(entry)) return faults;
  const terms = entry['agreement'];
  if (isObject(terms)) faults.push(...shapeFaults(terms, partial(TERMS), `${at}.agreement`));
  for (const name of ['agreement', 'delegated']) {
    if (entry[name] !== undefined && entry['unit'] === undefined)
      faults.push(`${at}: ${name} says nothing without a unit`);
  }
  return faults;
}

function spanningFaults({ agreements, functions, neverShared }: Catalogue): string[] {
  const kept = new Map(
    neverShared.flatMap((matter) => [matter.slug, ...matter.aliases].map((word) => [word, matter] as const)),
  );
  const repeated = (words: readonly string[], what: string): string[] =>
    [...new Set(words.filter((word, index) => words.indexOf(word) !== index))].map(
      (word) => `${what} ${word} stands twice`,
    );
  const terms = functions.map((entry) => ({ name: entry.id, ...agreements, ...entry.agreement }));
  return [
    ...repeated(
      [...functions, ...neverShared].map(({ id }) => id),
      'the id',
    ),
    ...repeated(
      functions.map((entry) => entry.slug),
      'the function',
    ),
    ...repeated(
      functions.flatMap(({ unit }) => unit ?? []),
      'the unit',
    ),
    ...repeated(
      neverShared.flatMap((matter) => [matter.slug, ...matter.aliases]),
      'the never-shared matter',
    ),
    ...functions.flatMap((entry) =>
      [entry.slug, entry.unit ?? '', ...(entry.delegated ?? [])]
        .map((word) => kept.get(word))
        .flatMap((matter) =>
          matter
            ? [`${entry.id} may not be shared: ${matter.title} (${matter.id}) stays with each force`]
            : [],
        ),
    ),
    ...terms
      .filter(({ from, to }) => to !== undefined && to < from)
      .map(({ name }) => `the agreement of ${name} ends before it begins`),
  ];
}

function shapeFaults(value: unknown, shape: Shape, at: string): string[] {
  if (!isObject(value)) return [`${at} must be an object`];
  return [
    ...Object.entries(shape)
      .filter(([name, [, holds]]) => !holds(value[name]))
      .map(([name, [says]]) => `${at}.${name} must be ${says}`),
    ...Object.keys(value)
      .filter((name) => !Object.hasOwn(shape, name))
      .map((name) => `${at}.${name} is not known here`),
  ];
}

function partial(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, rule]) => [name, optional(rule)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
