import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import { decodeCursor, encodeCursor } from './cursor.ts';

const isPlace = (value: unknown): value is { at: number } =>
  typeof value === 'object' && value !== null && 'at' in value && Number.isSafeInteger(value.at);

describe('a cursor', () => {
  it('comes back as it was given out', () => {
    expect(decodeCursor(encodeCursor({ at: 7 }), isPlace)).toEqual({ at: 7 });
  });

  it.each([
    ['nothing', ''],
    ['a word', 'garbage'],
    ['characters outside base64url', `${encodeCursor({ at: 7 })}=`],
    ['JSON of another shape', encodeCursor({ at: 'x' })],
    ['the same place spelled another way', Buffer.from('{ "at": 7 }').toString('base64url')],
    ['more than a place needs', encodeCursor({ at: 7, filler: 'x'.repeat(600) })],
    ['broken UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
  ])('refuses %s', (_, text) => {
    let thrown: unknown;
    try {
      decodeCursor(text, isPlace);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Refusal);
    expect((thrown as Refusal).code).toBe('invalid-cursor');
  });
});
