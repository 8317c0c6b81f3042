import { describe, expect, it } from '@jest/globals';
import {
  CivilDate,
  Instant,
  ListOf,
  MESSAGE_TYPES,
  Nested,
  OneOf,
  PayloadCheck,
  schemaOf,
  Text,
  TextList,
  Whole,
  YesNo,
  type Schema,
} from './index.ts';
import { ANY_TEXT_PATTERN, TEXT_PATTERN } from './text-patterns.ts';

class Person {
  @Text({ max: 10, title: 'Full name' }) name!: string;
  @Whole({ min: 0, max: 120, optional: true }) age?: number;
}

class Visit {
  @Text({ max: 6, pattern: '^[A-Z]{2}[0-9]{2}$', expected: 'two capitals and two digits, such as AB12' })
  mark!: string;
  @Text({ max: 200 }) description!: string;
  @OneOf(['burglary', 'theft', 'robbery']) kind!: string;
  @Whole({ min: 1, max: 300, optional: true }) minutes?: number;
  @YesNo({ optional: true }) urgent?: boolean;
  @Instant({ optional: true }) from?: string;
  @CivilDate({ optional: true }) on?: string;
  @Nested(() => Person, { optional: true }) person?: Person;
  @ListOf(() => Person, { min: 1, max: 2, optional: true }) people?: Person[];
  @TextList({ max: 3, maxLength: 20, oneOf: ['morning', 'evening'], optional: true }) times?: string[];
  @TextList({ max: 3, maxLength: 20, optional: true }) words?: string[];
}

const good = { mark: 'AB12', description: 'A long walk.', kind: 'theft' };
const examples = [good, { ...good, minutes: 20, people: [{ name: 'Ann' }] }];
const check = new PayloadCheck(Visit, examples);
const saidOf = (change: object): string[] =>
  check.faults(JSON.parse(JSON.stringify({ ...good, ...change }))).map(({ detail }) => detail);

describe('a refused field', () => {
  it.each<[string, object, string]>([
    [
      'missing',
      { description: undefined },
      'description is missing; it must be text of 1 to 200 characters, such as "A long walk."',
    ],
    [
      'null',
      { description: null },
      'description must not be null; it must be text of 1 to 200 characters, such as "A long walk."',
    ],
    [
      'null though optional',
      { minutes: null },
      'minutes may be left out, but not null; it must be a whole number from 1 to 300, such as 20',
    ],
    [
      'empty',
      { description: '' },
      'description is empty; it must be text of 1 to 200 characters, such as "A long walk."',
    ],
    [
      'blank',
      { description: '\u200b' },
      'description must contain a visible character: it must be text of 1 to 200 characters, such as "A long walk."',
    ],
    [
      'too long',
      { description: 'x'.repeat(300) },
      'description must be text of 1 to 200 characters, such as "A long walk."',
    ],
    [
      'with control characters',
      { description: 'a\u0000' },
      'description must not contain control characters other than tabs and line breaks',
    ],
    [
      'a number for text',
      { description: 5 },
      'description must be text of 1 to 200 characters, such as "A long walk."; write it in quotation marks',
    ],
    [
      'in small letters',
      { mark: 'ab12' },
      'mark must be two capitals and two digits, such as AB12; write it in capital letters',
    ],
    [
      'with a space',
      { mark: 'AB 12' },
      'mark must be two capitals and two digits, such as AB12; leave the spaces out',
    ],
    [
      'in small letters with spaces',
      { mark: 'ab 12 ' },
      'mark must be two capitals and two digits, such as AB12; write it in capital letters and leave the spaces out',
    ],
    ['of another form', { mark: '12AB' }, 'mark must be two capitals and two digits, such as AB12'],
    [
      'a choice misspelt',
      { kind: 'Burglery' },
      'did you mean burglary? kind must be one of burglary, theft, robbery',
    ],
    ['no choice', { kind: 'other' }, 'kind must be one of burglary, theft, robbery'],
    [
      'a number as text',
      { minutes: '20' },
      'minutes must be a whole number from 1 to 300, such as 20; write it without quotation marks',
    ],
    ['too large', { minutes: 301 }, 'minutes must be a whole number from 1 to 300, such as 20'],
    [
      'a word for yes',
      { urgent: 'TRUE' },
      'urgent must be true or false; write it in small letters and without quotation marks',
    ],
    [
      'a bare date',
      { from: '2026-03-02' },
      'from must be a date and time with an offset, in the years 1900 to 2199, such as 2026-03-02T09:30:00Z',
    ],
    [
      'a day that does not exist',
      { on: '2026-02-30' },
      'on must be an existing date in the years 1900 to 2199, such as 2026-03-02',
    ],
    ['a list for an object', { person: [] }, 'person must be an object with name, age'],
    [
      'an object for a list',
      { people: {} },
      'people must be a list of 1 to 2 items, each an object with name, age',
    ],
    [
      'a list too long',
      { people: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
      'people must have 1 to 2 items',
    ],
    ['a list with a number', { words: ['a', 1] }, 'each item of words must be text of 1 to 20 characters'],
    [
      'a list with a choice misspelt',
      { times: ['morning', 'Evenning'] },
      'did you mean evening? each item of times must be one of morning, evening',
    ],
    [
      'missing inside a list',
      { people: [{ age: 3 }] },
      'name is missing; it must be text of 1 to 10 characters, such as "Ann"',
    ],
    ['a field misspelt', { minuets: 3 }, 'there is no field minuets; did you mean minutes?'],
    [
      'a field in other letters',
      { Description: 'x' },
      'there is no field Description; did you mean description?',
    ],
    [
      'a field called by its title',
      { person: { name: 'A', full_name: 'B' } },
      'there is no field full_name; did you mean name?',
    ],
    [
      'a field that nothing is like',
      { person: { name: 'A', rank: 'x' } },
      'there is no field rank; the fields are name, age',
    ],
    [
      'a field called as every object has',
      { person: { name: 'A', toString: 1 } },
      'there is no field toString; the fields are name, age',
    ],
  ])('says what it must be, with an example: %s', (_, change, said) => {
    expect(saidOf(change)).toEqual([said]);
  });

  it('lists the fields if the payload is not an object', () => {
    const fields = 'mark, description, kind, minutes, urgent, from, on, person, people, times, words';
    expect(check.faults([])).toEqual([
      { pointer: '/payload', code: 'object', detail: `payload must be an object with ${fields}` },
    ]);
    expect(check.faults('x', '')).toEqual([
      { pointer: '', code: 'object', detail: `the body must be an object with ${fields}` },
    ]);
  });

  it('gets a guess five times at most, however many fields are wrong', () => {
    const misspelt = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`minute${n}`, 1]));
    const said = saidOf(misspelt);
    expect(said).toHaveLength(50);
    expect(said.filter((sentence) => sentence.includes('did you mean'))).toHaveLength(5);
  });

  it('is not quoted, because it may be personal', () => {
    const secret = 'qx81-secret';
    const given = {
      mark: secret,
      description: [secret],
      kind: secret,
      minutes: secret,
      from: secret,
      people: [secret],
      words: secret,
    };
    expect(JSON.stringify(check.faults(given))).not.toContain(secret);
  });
});

describe('a message type', () => {
  const silent = (schema: Schema, path: string): string[] => {
    const {
      properties = {},
      items,
      pattern,
    } = schema as { properties?: Record<string, Schema>; items?: Schema; pattern?: string };
    const isText = pattern === TEXT_PATTERN || pattern === ANY_TEXT_PATTERN;
    const expected = schema['x-expected'] as string | undefined;
    if (pattern !== undefined) return isText || expected?.includes('such as') ? [] : [path];
    if (items) return silent(items, path);
    return Object.entries(properties).flatMap(([name, field]) => silent(field, `${path}/${name}`));
  };

  it.each(Object.entries(MESSAGE_TYPES))(
    '%s says of each text with a pattern of its own what it must be',
    (_, type) => {
      expect(silent(schemaOf(type), '')).toEqual([]);
    },
  );
});
