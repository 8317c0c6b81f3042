import { describe, expect, it } from '@jest/globals';
import { NotUtf8, textOfUtf8 } from './utf8.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('text from bytes', () => {
  it('is the written text without a byte order mark', () => {
    expect(textOfUtf8(Buffer.from('Café\nZoë'))).toBe('Café\nZoë');
    expect(textOfUtf8(Buffer.from('\ufeff{}'))).toBe('{}');
    expect(textOfUtf8(Buffer.alloc(0))).toBe('');
  });

  it.each([
    ['a byte of another encoding', bytes('a\nb\nCaf\u00e9\nd'), 3],
    ['a character that is cut at the end', Buffer.from('a\nCafé').subarray(0, -1), 2],
    ['a first line that is wrong', bytes('\u00e9'), 1],
  ])('is refused with the line of %s', (_, given, line) => {
    expect(() => textOfUtf8(given)).toThrow(new NotUtf8(line));
    expect(() => textOfUtf8(given)).toThrow(`not UTF-8 in line ${line}`);
  });
});
