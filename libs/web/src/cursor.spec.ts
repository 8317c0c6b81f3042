import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import type { AnyCaller } from './caller.ts';
import { cursorKeySettings, cursorKeysOf } from './cursor-keys.ts';
import { Cursors, type CursorScope } from './cursor.ts';
import { readConfig } from './read-config.ts';

const isPlace = (value: unknown): value is { at: number } =>
  typeof value === 'object' && value !== null && 'at' in value && Number.isSafeInteger(value.at);
const force = (slug: string, client = 'its-system'): AnyCaller => ({ kind: 'force', force: slug, client });
const staff = (person: string, unit = 'fleet'): AnyCaller => ({
  kind: 'staff',
  person,
  name: person,
  unit,
  role: 'caseworker',
  forces: ['north'],
});
const EVENTS: CursorScope = { list: 'events', caller: force('north') };
const [KEY, NEXT_KEY] = [randomBytes(32), randomBytes(32)] as const;
const cursors = new Cursors({ current: KEY });

describe('a cursor', () => {
  it('opens to the place that was sealed, at every instance with the same key, for every client of its force', () => {
    const text = cursors.seal(EVENTS, { at: 7 });
    expect(cursors.open(EVENTS, text, isPlace)).toEqual({ at: 7 });
    const another = new Cursors({ current: Buffer.from(KEY) });
    expect(another.open({ ...EVENTS, caller: force('north', 'a-new-system') }, text, isPlace)).toEqual({
      at: 7,
    });
  });

  it('is the same for the same place, so that a client sees that there is nothing new', () => {
    expect(cursors.seal(EVENTS, { at: 7 })).toBe(cursors.seal(EVENTS, { at: 7 }));
    expect(cursors.seal(EVENTS, { at: 8 })).not.toBe(cursors.seal(EVENTS, { at: 7 }));
  });

  it('reveals nothing of its place, not even its length', () => {
    const places = [1, 22, 333, 4_444, 55_555, 666_666, 7_777_777, 88_888_888].map((at) => ({
      at,
      name: 'inside',
    }));
    const texts = places.map((place) => cursors.seal(EVENTS, place));
    for (const text of texts)
      expect(Buffer.from(text, 'base64url').toString('latin1')).not.toMatch(/inside|"at"/);
    expect(new Set(texts.map((text) => text.length)).size).toBe(1);
    // The bytes after the key's id differ from the first one on.
    expect(
      new Set(texts.map((text) => Buffer.from(text, 'base64url').subarray(5, 9).toString('hex'))).size,
    ).toBe(texts.length);
  });

  it.each<[string, CursorScope]>([
    ['another list', { ...EVENTS, list: 'refusals' }],
    ['another force', { ...EVENTS, caller: force('south') }],
    ['a member of staff with the name of the force', { ...EVENTS, caller: staff('north') }],
  ])('of a force is refused for %s', (_, scope) => {
    expect(refusalOf(scope, cursors.seal(EVENTS, { at: 7 }))).toMatch(
      /This cursor is not from this list.*To start from the beginning/,
    );
  });

  it.each<[string, AnyCaller]>([
    ['another person', staff('someone-else')],
    ['the same person of another unit', staff('somebody', 'estates')],
    ['a force', force('somebody')],
  ])('of a member of staff is refused for %s', (_, caller) => {
    const queue = { list: 'queue', caller: staff('somebody') };
    const text = cursors.seal(queue, { at: 7 });
    expect(cursors.open(queue, text, isPlace)).toEqual({ at: 7 });
    expect(refusalOf({ list: 'queue', caller }, text)).toContain('This cursor is not from this list');
  });

  it('stays valid during a change of keys, at every instance, while both keys are configured', () => {
    const [old, between, after] = [
      new Cursors({ current: KEY, second: NEXT_KEY }),
      new Cursors({ current: NEXT_KEY, second: KEY }),
      new Cursors({ current: NEXT_KEY }),
    ];
    for (const giving of [old, between]) {
      for (const taking of [old, between])
        expect(taking.open(EVENTS, giving.seal(EVENTS, { at: 7 }), isPlace)).toEqual({ at: 7 });
    }
    expect(after.open(EVENTS, between.seal(EVENTS, { at: 7 }), isPlace)).toEqual({ at: 7 });
    expect(refusalOf(EVENTS, old.seal(EVENTS, { at: 7 }), after)).toBe(
      'This cursor has expired: its key is no longer in use. To start from the beginning, leave the cursor out.',
    );
  });

  it('in the old unsealed format is refused with an explanation', () => {
    for (const place of [
      ['812', '4711'],
      '4711',
      [1_772_000_000_000, 'x'],
      ['2026-03-02T09:00:00.000Z', 4, '17'],
    ]) {
      expect(refusalOf(EVENTS, Buffer.from(JSON.stringify(place)).toString('base64url'))).toBe(
        'This cursor has an old format that is no longer accepted. To start from the beginning, leave the cursor out.',
      );
    }
  });

  it('is refused when any of its bytes is changed, left out or added', () => {
    const bytes = Buffer.from(cursors.seal(EVENTS, { at: 7 }), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(refusalOf(EVENTS, changed.toString('base64url'))).toContain('To start from the beginning');
      expect(refusalOf(EVENTS, bytes.subarray(0, at).toString('base64url'))).toContain(
        'To start from the beginning',
      );
    }
    expect(refusalOf(EVENTS, Buffer.concat([bytes, Buffer.of(0)]).toString('base64url'))).toContain(
      'To start from the beginning',
    );
  });

  it.each([
    ['nothing', ''],
    ['a word', 'garbage'],
    ['characters outside base64url', `${cursors.seal(EVENTS, { at: 7 })}=`],
    ['a place of another shape', cursors.seal(EVENTS, { at: 'x' })],
    ['more than a place needs', cursors.seal(EVENTS, { at: 7, filler: 'x'.repeat(600) })],
    ['broken UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
  ])('refuses %s', (_, text) => {
    expect(refusalOf(EVENTS, text)).toContain('To start from the beginning');
  });
});

describe('the keys of cursors', () => {
  const read = (environment: Record<string, string>) =>
    cursorKeysOf(readConfig(environment, cursorKeySettings()));
  const hex = KEY.toString('hex');

  it('are read from the environment, the second one when there is one', () => {
    expect(read({ CURSOR_KEY: hex })).toEqual({ current: KEY });
    expect(read({ CURSOR_KEY: hex, CURSOR_KEY_SECOND: NEXT_KEY.toString('hex') })).toEqual({
      current: KEY,
      second: NEXT_KEY,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['CURSOR_KEY', {}],
    ['CURSOR_KEY', { CURSOR_KEY: 'for-development-only' }],
    ['CURSOR_KEY', { CURSOR_KEY: hex.slice(1) }],
    ['CURSOR_KEY_SECOND', { CURSOR_KEY: hex, CURSOR_KEY_SECOND: `${hex}0` }],
  ])('are refused by the name %s when one is missing or no key: %j', (name, environment) => {
    expect(() => read(environment)).toThrow(
      new RegExp(`${name} (?:must be|is missing; set it to) .*64 hexadecimal digits`),
    );
  });
});

function refusalOf(scope: CursorScope, text: string, taking = cursors): string {
  try {
    taking.open(scope, text, isPlace);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).problem).toMatchObject({ code: 'invalid-cursor', status: 400 });
    return (error as Refusal).problem.detail;
  }
  throw new Error('the cursor was taken');
}
