import { describe, expect, it } from '@jest/globals';
import { isVisible } from '#kernel';
import { PayloadCheck, Text, TextList } from './index.ts';
import { ANY_TEXT_PATTERN, TEXT_PATTERN } from './text-patterns.ts';

class Note {
  @Text({ max: 20 }) text!: string;
  @TextList({ max: 3, maxLength: 20, optional: true }) words?: string[];
  @Text({ max: 20, relayed: true, optional: true }) relayed?: string;
}

const check = new PayloadCheck(Note);

describe('text without a visible character', () => {
  it.each([
    ['spaces', '   '],
    ['line breaks', '\r\n\t'],
    ['a space that does not break', '\u00a0'],
    ['a space without width', '\u200b'],
    ['a braille pattern without dots', '\u2800'],
    ['a Hangul filler', '\u3164'],
    ['tags, beyond the characters that the pattern names', '\u{e0041}\u{e0042}'],
    ['several of them', ' \u00a0\u200b\u2060\ufeff\u3164\uffa0\u115f'],
  ])('is refused at its field, in a list at its list: %s', (_, blank) => {
    expect(check.faults({ text: blank })).toEqual([
      expect.objectContaining({ pointer: '/payload/text', code: 'visible' }),
    ]);
    const inList = check.faults({ text: 'a', words: ['b', blank] });
    expect(inList).toEqual([expect.objectContaining({ pointer: '/payload/words', code: 'visible' })]);
    expect(check.faults({ text: `${blank}a${blank}` })).toEqual([]);
  });

  it('is accepted from another service, which accepted it before', () => {
    expect(check.faults({ text: 'a', relayed: ' ' })).toEqual([]);
  });

  it('is exactly the text that the published pattern refuses, for all characters up to U+FFFF', () => {
    const [published, any] = [new RegExp(TEXT_PATTERN, 'u'), new RegExp(ANY_TEXT_PATTERN, 'u')];
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
      one.isWellFormed(),
    );
    expect(characters.filter((one) => published.test(one) !== (any.test(one) && isVisible(one)))).toEqual([]);
  });
});
