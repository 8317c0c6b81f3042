import { describe, expect, it } from '@jest/globals';
import { comparable, isVisible } from './written-text.ts';

const code = (text: string): string =>
  [...text].map((one) => `U+${one.codePointAt(0)?.toString(16).toUpperCase()}`).join(' ');

describe('a text', () => {
  const BLANKS = [
    ...[
      '',
      ' ',
      '\t\r\n',
      '\u0000',
      '\u0085',
      '\u00a0',
      '\u00ad',
      '\u034f',
      '\u061c',
      '\u115f',
      '\u1160',
      '\u1680',
      '\u180e',
      '\u2003',
    ],
    ...[
      '\u200b',
      '\u200d',
      '\u200e',
      '\u2028',
      '\u2029',
      '\u202e',
      '\u2060',
      '\u2800',
      '\u3000',
      '\u3164',
      '\ufe0f',
      '\ufeff',
      '\uffa0',
    ],
    ...['\ufff9', '\u{e0001}', '\u{e0041}', '\u{e0100}', ' \u200b\u3164\u00a0\u2800 '],
  ];

  it.each(BLANKS.map((text) => [code(text), text]))('is not visible when it has only %s', (_, text) => {
    expect(isVisible(text)).toBe(false);
    expect(isVisible(`${text}.${text}`)).toBe(true);
  });
});

describe('two names', () => {
  it.each([
    ['when composed and decomposed', 'Zo\u00eb Ward', 'Zoe\u0308 Ward'],
    ['in capitals and small letters', 'Zoë Ward', 'ZOË WARD'],
    ['with a letter that becomes two letters in capitals', 'Jürgen Groß', 'JÜRGEN GROSS'],
    ['with the capital of that letter', 'Groß', 'GRO\u1e9e'],
    ['with the form of a letter at the end of a word', 'ΟΔΟΣ', 'οδος'],
    ['in wide letters', 'Ｚｏｅ', 'Zoe'],
    ['with a ligature', 'ﬁona', 'Fiona'],
    ['with more spaces', ' Ann  Lee\t', 'Ann Lee'],
    ['with a no-break space', 'Ann\u00a0Lee', 'Ann Lee'],
    ['with a braille blank or a filler instead of a space', 'Ann\u2800Lee\u3164', 'Ann Lee'],
    ['with invisible characters', 'A\u200bnn\u00ad L\ufeffee', 'Ann Lee'],
    ['with invisible characters between words', 'Ann \u200b Lee', 'Ann Lee'],
    ['with a mark after an invisible character', 'Zoe\u034f\u0308', 'Zoë'],
  ])('are the same %s', (_, one, other) => {
    expect(comparable(one)).toBe(comparable(other));
  });

  it.each([
    ['Zoe', 'Zoë'],
    ['Annlee', 'Ann Lee'],
    ['Lee', 'Leigh'],
  ])('stay different: %s and %s', (one, other) => {
    expect(comparable(one)).not.toBe(comparable(other));
  });
});
