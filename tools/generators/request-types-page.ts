import { schemaOf, type Schema } from '#contracts';
import { ruleSentence, type RequestType, type UnitDefinition } from '#unit';
import { table } from '../markdown/markdown.ts';

type Clock = RequestType['clocks'][number];

const DECISIONS: Record<RequestType['decision'], string> = {
  'one-person': 'the person who works on it answers it',
  'second-person': 'a second person confirms the answer',
  'second-person-delegated':
    "a second person confirms the answer by recorded delegation of the owning force's chief officer",
};

/**
 * Generates docs/reference/request-types.md: the request types of each unit, their clocks, and the source of
 * each time limit.
 */
export function requestTypesPage(definitions: readonly UnitDefinition[]): string {
  return [
    '# Request types',
    '',
    "Generated from the units' definitions by `npm run generate`; do not edit. A clock without a source is a setting of this deployment, not a published time limit.",
    '',
    ...definitions.flatMap((definition) => [
      `## ${definition.title} (\`${definition.slug}\`, ${definition.functionId})`,
      '',
      ...definition.requestTypes.flatMap(typeSection),
    ]),
  ].join('\n');
}

function typeSection(type: RequestType): string[] {
  return [
    `### \`${type.name}\` version ${String(type.version)}: ${type.title}`,
    '',
    `${sentence(DECISIONS[type.decision])}${type.lawEnforcement ? ' Law-enforcement processing: every reading is logged as consultation.' : ''}`,
    ...reopeningLine(type),
    '',
    ...table(
      ['clock', 'promise', 'met by', 'stops while waiting', 'source'],
      type.clocks.map((clock) => clockRow(clock, type)),
    ),
    '',
    ...table(['field', '', 'content'], fieldRows(schemaOf(type.payload))),
    '',
    ...rulesOf(type),
    'The answer:',
    '',
    ...table(['field', '', 'content'], fieldRows(schemaOf(type.answer))),
    '',
  ];
}

/** Returns a row for each field. Fields of nested objects are listed by their path. */
function fieldRows(schema: Schema, path = ''): string[][] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  return Object.entries(properties).flatMap(([name, field]) => {
    const isList = field['type'] === 'array';
    const inside = isList ? (field['items'] as Schema) : field;
    const row = [`\`${path}${name}\``, required.includes(name) ? 'required' : '', describeField(field)];
    return [row, ...fieldRows(inside, `${path}${name}${isList ? '[]' : ''}.`)];
  });
}

function rulesOf({ rules = [], answerRules = [] }: RequestType): string[] {
  return [
    ...listOfRules('Rules over several fields:', rules),
    ...listOfRules('Rules of the answer:', answerRules),
  ];
}

function listOfRules(title: string, rules: NonNullable<RequestType['rules']>): string[] {
  return rules.length === 0 ? [] : [title, '', ...rules.map((rule) => `- ${ruleSentence(rule)}`), ''];
}

function reopeningLine({ reopening }: RequestType): string[] {
  const days = typeof reopening?.withinDays === 'function' ? reopening.withinDays() : reopening?.withinDays;
  if (!reopening || days === null || days === undefined) return [];
  const clocks = reopening.clocks.map((name) => `\`${name}\``).join(', ');
  return [
    '',
    `May be reopened within ${String(days)} calendar days (${reopening.source || 'setting'}), which starts ${clocks}.`,
  ];
}

const sentenceStart = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sentence = (text: string): string => `${sentenceStart(text)}.`;

function clockRow(
  { name, title, kind, amount, startsFrom, pausable, metBy, source }: Clock,
  { examples }: RequestType,
): string[] {
  // A time limit can depend on the payload (a priority) or on the day (a dated setting). The examples show
  // its values.
  const promises = new Set(
    examples.flatMap(({ payload }) => {
      const limit = typeof amount === 'number' ? amount : amount(payload);
      const unit = typeof kind === 'string' ? kind : kind(payload);
      return limit === null ? [] : [`${String(limit)} ${unit.replaceAll('-', ' ')}`];
    }),
  );
  const promise = `${[...promises].join(' or ') || 'by payload'}, from ${startsFrom ? `\`${startsFrom}\`` : 'receipt'}`;
  const met =
    typeof metBy === 'string'
      ? { claimed: 'the claim', answered: 'the answer' }[metBy]
      : `\`${metBy.milestone}\``;
  return [`\`${name}\` ${title}`, promise, met, pausable ? 'yes' : 'no', source || 'setting'];
}

function describeField(field: Schema): string {
  const parts = [
    typeof field['title'] === 'string' ? `${field['title']}.` : '',
    typeof field['description'] === 'string' ? field['description'] : '',
    Array.isArray(field['enum'])
      ? `One of ${listValues(field['enum'] as string[])}.`
      : `${typeof field['type'] === 'string' ? sentenceStart(field['type']) : ''}${bounds(field)}.`,
    momentWords(field),
    field['x-personal'] ? 'Personal.' : '',
    typeof field['x-correctable'] === 'string'
      ? `Correctable ${field['x-correctable'].replaceAll('-', ' ')}.`
      : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function momentWords(field: Schema): string {
  const { 'x-past': past, 'x-not-before': earlier, 'x-not-after': later } = field;
  return [
    past === true ? 'Not in the future.' : '',
    typeof earlier === 'string' ? `Not before \`${earlier}\`.` : '',
    typeof later === 'string' ? `Not after \`${later}\`.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Names a long list, such as the thousands of offence codes, only by its length. */
function listValues(values: readonly string[]): string {
  return values.length > 40
    ? `${String(values.length)} codes`
    : values.map((value) => `\`${value}\``).join(', ');
}

function bounds(field: Schema): string {
  const { format, minimum, maximum, maxLength, maxItems } = field as Record<string, unknown>;
  if (typeof format === 'string') return ` (${format})`;
  if (typeof maximum === 'number') return ` from ${String(minimum)} to ${String(maximum)}`;
  if (typeof maxLength === 'number') return `, at most ${String(maxLength)} characters`;
  if (typeof maxItems === 'number') return `, at most ${String(maxItems)} items`;
  return '';
}
