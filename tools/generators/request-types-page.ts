import { schemaOf, type Schema } from '#contracts';
import { ruleSentence, type RequestType, type UnitDefinition } from '#unit';
import { table } from '../markdown/markdown.ts';

type Clock = RequestType['clocks'][number];

const DECISIONS: Record<RequestType['decision'], string> = {
  'one-person': 'who works it answers it',
  'second-person': 'a second person confirms the answer',
  'second-person-delegated':
    "a second person confirms the answer by recorded delegation of the owning force's chief officer",
};

/** docs/reference/request-types.md: what can be asked of each unit, to which clocks, and where each figure comes from. */
export function requestTypesPage(definitions: readonly UnitDefinition[]): string {
  return [
    '# Request types',
    '',
    "Generated from the units' definitions by `npm run generate`; do not edit. A clock without a source is a setting of this deployment, not a published figure.",
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
    ...table(['field', '', 'what it takes'], fieldRows(schemaOf(type.payload))),
    '',
    ...rulesOf(type),
    'The answer:',
    '',
    ...table(['field', '', 'what it holds'], fieldRows(schemaOf(type.answer))),
    '',
  ];
}

/** Each field, and those of the objects in it by their path. */
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

function rulesOf({ rules = [] }: RequestType): string[] {
  return rules.length === 0
    ? []
    : ['Rules over several fields:', '', ...rules.map((rule) => `- ${ruleSentence(rule)}`), ''];
}

function reopeningLine({ reopening }: RequestType): string[] {
  const days = typeof reopening?.withinDays === 'function' ? reopening.withinDays() : reopening?.withinDays;
  if (!reopening || days === null || days === undefined) return [];
  const clocks = reopening.clocks.map((name) => `\`${name}\``).join(', ');
  return [
    '',
    `May be reopened within ${String(days)} calendar days (${reopening.source || 'setting'}); then starts ${clocks}.`,
  ];
}

const sentenceStart = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sentence = (text: string): string => `${sentenceStart(text)}.`;

function clockRow(
  { name, title, kind, amount, startsFrom, pausable, metBy, source }: Clock,
  { examples }: RequestType,
): string[] {
  // A promise may hang on the payload (a priority) or on the day (a dated figure): the examples show what it comes to.
  const promises = new Set(
    examples.flatMap(({ payload }) => {
      const figure = typeof amount === 'number' ? amount : amount(payload);
      const unit = typeof kind === 'string' ? kind : kind(payload);
      return figure === null ? [] : [`${String(figure)} ${unit.replaceAll('-', ' ')}`];
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
      ? `One of ${listed(field['enum'] as string[])}.`
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

/** A list of thousands (offence codes) is named by its length. */
function listed(values: readonly string[]): string {
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
