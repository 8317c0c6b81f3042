import { describe, expect, it } from '@jest/globals';
import {
  CivilDate,
  Decimal,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PayloadCheck,
  Text,
  TextList,
  Whole,
  YesNo,
} from './index.ts';

class Person {
  @Text({ max: 10, personal: true }) name!: string;
  @Whole({ min: 0, max: 120, optional: true }) age?: number;
}

class Everything {
  @Text({ max: 5, help: 'Short' }) text!: string;
  @OneOf(['a', 'b']) choice!: string;
  @Whole({ min: 1, max: 3 }) whole!: number;
  @Decimal({ min: -1, max: 1, optional: true }) decimal?: number;
  @YesNo({ optional: true }) flag?: boolean;
  @Instant({ optional: true }) at?: string;
  @CivilDate({ optional: true }) on?: string;
  @Nested(() => Person) person!: Person;
  @ListOf(() => Person, { max: 2, optional: true }) people?: Person[];
  @TextList({ max: 2, maxLength: 3, optional: true }) words?: string[];
  @TextList({ max: 2, maxLength: 3, oneOf: ['x', 'y'], optional: true }) marks?: string[];
}

const check = new PayloadCheck(Everything);
const good = { text: 'abc', choice: 'a', whole: 2, person: { name: 'P' } };

describe('a payload class', () => {
  it('accepts valid payloads, with and without the optional fields', () => {
    expect(check.faults(good)).toEqual([]);
    expect(
      check.faults({
        ...good,
        decimal: 0.5,
        flag: false,
        at: '2026-03-29T01:30:00-15:59',
        on: '2024-02-29',
        people: [{ name: 'Q', age: 3 }],
        words: ['one'],
        marks: ['x'],
      }),
    ).toEqual([]);
  });

  it.each([
    ['a missing field', { ...good, text: undefined }, '/payload/text'],
    ['an empty text', { ...good, text: '' }, '/payload/text'],
    ['a text that is too long', { ...good, text: 'abcdef' }, '/payload/text'],
    ['a text too long by the code points of its signs', { ...good, text: '☎️☎️☎️' }, '/payload/text'],
    ['a word too long by the code points of its signs', { ...good, words: ['☎️☎️'] }, '/payload/words'],
    ['a control character', { ...good, text: 'a\u0000b' }, '/payload/text'],
    ['a value outside the list', { ...good, choice: 'c' }, '/payload/choice'],
    ['a number as text', { ...good, whole: '2' }, '/payload/whole'],
    ['a fraction', { ...good, whole: 1.5 }, '/payload/whole'],
    ['a null in an optional field', { ...good, decimal: null }, '/payload/decimal'],
    ['a word for yes', { ...good, flag: 'yes' }, '/payload/flag'],
    ['a bare date for a moment', { ...good, at: '2026-03-29' }, '/payload/at'],
    ['a moment without an offset', { ...good, at: '2026-03-29T01:30:00' }, '/payload/at'],
    [
      'a moment further from UTC than any database takes',
      { ...good, at: '2026-03-29T01:30:00+16:00' },
      '/payload/at',
    ],
    ['a moment whose offset no database takes', { ...good, at: '2026-03-29T01:30:00-23:59' }, '/payload/at'],
    ['a day that does not exist', { ...good, on: '2023-02-29' }, '/payload/on'],
    ['a missing nested object', { ...good, person: undefined }, '/payload/person'],
    ['an array for a nested object', { ...good, person: [] }, '/payload/person'],
    ['a fault inside a nested object', { ...good, person: { name: '' } }, '/payload/person/name'],
    [
      'a fault inside a list',
      { ...good, people: [{ name: 'Q' }, { name: 'R', age: 121 }] },
      '/payload/people/1/age',
    ],
    ['a list for an item', { ...good, people: [[]] }, '/payload/people'],
    ['too many items', { ...good, words: ['a', 'b', 'c'] }, '/payload/words'],
    ['an unknown field', { ...good, owningForce: 'bedfordshire' }, '/payload/owningForce'],
    ['an unknown field called as what every object has', { ...good, constructor: 1 }, '/payload/constructor'],
    ['an unknown field inside', { ...good, person: { name: 'P', rank: 'x' } }, '/payload/person/rank'],
    ['a list for the payload', [], '/payload'],
    ['nothing', null, '/payload'],
  ])('refuses %s, pointing at it, by both checks alike', (_, payload, pointer) => {
    const sent: unknown = payload === null ? null : JSON.parse(JSON.stringify(payload));
    expect(check.faults(sent).map((fault) => fault.pointer)).toContain(pointer);
    expect(check.worded(sent)).not.toEqual([]);
  });

  it('lists at most fifty faults in short sentences, however long the field names are', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field${n}`, n]));
    const faults = check.faults({ ...good, ...many });
    expect(faults).toHaveLength(50);
    expect(faults.at(-1)).toEqual({
      pointer: '/payload',
      code: 'more',
      detail: 'there are 20000 faults; only the first 49 are listed',
    });
    const [long] = check.faults({ ...good, ['/'.repeat(200_000)]: 1 });
    expect(JSON.stringify(long).length).toBeLessThan(1_000);
  });

  describe('a value with very many items', () => {
    let made = 0;
    class Item {
      @Text({ max: 5 }) name!: string;
      @TextList({ max: 30, maxLength: 3, optional: true }) words?: string[];
      constructor() {
        made += 1;
      }
    }
    class Crate {
      @ListOf(() => Item, { max: 4, optional: true }) items?: Item[];
    }
    class Lists {
      @ListOf(() => Item, { max: 4, optional: true }) few?: Item[];
      @ListOf(() => Item, { min: 2, max: 50_000, optional: true }) many?: Item[];
      @ListOf(() => Crate, { max: 1_000, optional: true }) crates?: Crate[];
    }
    const lists = new PayloadCheck(Lists);
    const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

    it.each<[string, object]>([
      ['items beyond the bound', { few: times(80_000, {}) }],
      ['faulty items within a wide bound', { many: times(40_000, {}) }],
      ['items beyond a wide bound', { many: times(80_000, {}) }],
      ['lists for items', { many: times(40_000, []) }],
      ['lists in lists', { crates: times(900, { items: times(80, { words: times(40, 1) }) }) }],
      ['unknown fields in every item', { many: times(9_000, { constructor: 1, a: 1, b: 2, c: 3 }) }],
    ])('is explained by an excerpt: %s', (_, payload) => {
      const sent = JSON.parse(JSON.stringify(payload)) as unknown;
      // class-transformer makes one extra instance of each class to learn its fields.
      made = 0;
      const faults = lists.faults(sent);
      expect(made).toBeLessThanOrEqual(70);
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.length).toBeLessThanOrEqual(50);
    });

    it('gets no false fault if other lists have used up the excerpt', () => {
      const crates = times(30, { items: times(4, {}) });
      const faults = lists.faults({ crates, many: times(2, { name: 'too long' }) });
      expect(faults.filter(({ code }) => code === 'arrayMinSize')).toEqual([]);
    });

    it('is reported with the place of its first fault, however far down the list', () => {
      const many = times<object>(40_000, { name: 'Q' });
      many[31_234] = { name: 'too long' };
      expect(lists.faults({ many })).toMatchObject([
        { pointer: '/payload/many/31234/name', code: 'maxLength' },
      ]);
      const last = [...times<object>(39_999, { name: 'Q' }), { name: 'too long' }];
      expect(lists.faults({ many: last })).toEqual([
        expect.objectContaining({ pointer: '/payload/many/39999/name', code: 'maxLength' }),
      ]);
      expect(lists.faults({ many: times(50_001, { name: 'Q' }) })).toEqual([
        { pointer: '/payload/many', code: 'arrayMaxSize', detail: 'many must have 2 to 50000 items' },
      ]);
    });
  });

  it('has a closed JSON Schema with help and marks for personal fields', () => {
    expect(check.schema).toMatchObject({
      additionalProperties: false,
      required: ['text', 'choice', 'whole', 'person'],
      properties: {
        text: { maxLength: 5, description: 'Short' },
        person: { properties: { name: { 'x-personal': true } } },
      },
    });
  });

  it('takes the declaration of a subclass for a field that it declares again', () => {
    class First {
      @Text({ max: 40, optional: true }) centre?: string;
      @Text({ max: 40 }) title!: string;
    }
    class Second extends First {
      @Text({ max: 20 }) override centre!: string;
      @Text({ max: 10 }) override title!: string;
    }
    const [first, second] = [new PayloadCheck(First), new PayloadCheck(Second)];
    expect(first.faults({ title: 'a title of some length' })).toEqual([]);
    const faults = second.faults({ title: 'a title of some length' });
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual(['/payload/centre', '/payload/title']);
    expect(faults.map(({ detail }) => detail).join()).not.toContain('required property');
    expect(second.faults({ title: 'a title', centre: '12' })).toEqual([]);
    expect(second.schema['required']).toEqual(['centre', 'title']);
  });
});
