import { describe, expect, it } from '@jest/globals';
import { isNumber, numberReadings, readingsOf, readSearchQuery, sequencesOf } from './search-query.ts';
import { codeOf, wordsOf } from './searched-text.ts';

const errorsOf = (query: Record<string, unknown>): unknown => {
  try {
    readSearchQuery(query);
  } catch (error) {
    return (error as { problem: { errors: { pointer: string }[] } }).problem.errors.map(
      ({ pointer }) => pointer,
    );
  }
  return [];
};

describe('the query of a search', () => {
  it.each([
    ['a word', { q: 'brakes' }, []],
    ['a limit', { q: 'brakes', limit: '50' }, []],
    ['no word', {}, ['/q']],
    ['signs only', { q: '%%' }, ['/q']],
    ['one letter', { q: 'a' }, ['/q']],
    ['too many words', { q: 'a b c d e f g h i' }, ['/q']],
    ['a text that is too long', { q: 'x'.repeat(201) }, ['/q']],
    ['the number of a reference', { q: '5' }, []],
    ['nought', { q: '0' }, ['/q']],
    ['a limit of none and no word', { limit: '0' }, ['/q', '/limit']],
    ['a limit beyond the largest', { q: 'brakes', limit: '51' }, ['/limit']],
    ['a limit that is no number', { q: 'brakes', limit: 'all' }, ['/limit']],
  ])('with %s', (_what, query, pointers) => {
    expect(errorsOf(query)).toEqual(pointers);
  });

  it('reads neighbouring words as one code too, and the last as a beginning', () => {
    const read = readingsOf(['ex26', 'aaa'], 'FLT').map(({ first, last }) => [first, first === last]);
    expect(read).toEqual([
      ['ex26', true],
      ['ex26aaa', true],
      ['ex26aaa', false],
      ['aaa', true],
      ['aaa', false],
    ]);
  });

  it('adds the zeros of a short reference', () => {
    const read = (q: string): string[] => readingsOf(wordsOf(q), 'FLT').map(({ first }) => first);
    expect(read('FLT 26 123')).toContain('flt26000123');
    expect(read('flt-26-000123')).toContain('flt26000123');
    expect(read('flt261')).toContain('flt26000001');
    expect(read('EST 26 123')).not.toContain('est26000123');
  });

  it('finds a number with and without leading zeros in the references of each year', () => {
    for (const number of ['17', '0017', '000017'])
      expect(numberReadings(number, 'FLT', ['27', '26']).map(({ first }) => first)).toEqual([
        'flt27000017',
        'flt26000017',
      ]);
    expect([['17'], ['000017'], ['123456']].map(isNumber)).toEqual([true, true, true]);
    expect([['1234567'], ['000'], ['17', 'high'], ['17a'], []].some(isNumber)).toBe(false);
  });

  it('reads every word once in each sequence, and may leave out a word that says nothing', () => {
    const words = ['the', 'ex26', 'aaa'];
    const readings = readingsOf(words, 'FLT').filter(({ first }) => ['ex26aaa', 'aaa'].includes(first));
    const sequences = sequencesOf(words, readings).map((sequence) => sequence.map(({ first }) => first));
    expect(sequences).toEqual([['ex26aaa'], ['ex26aaa']]);
  });
});

describe('a text', () => {
  it.each([
    ['Łódź, Ærøskøbing & Œuvre', ['lodz', 'aeroskobing', 'oeuvre']],
    ["O'Brien-Smith (née Ångström)", ['obrien', 'smith', 'nee', 'angstrom']],
    ['ΟΔΟΣ ὀδός', ['οδοσ', 'οδοσ']],
    ['Straße STRASSE ẞ', ['strasse', 'strasse', 'ss']],
    ['ﬁve ½ ①', ['five', '1', '2', '1']],
    ['हिन्दी', ['हिनदी']],
    ['a\u0000b\\c%d_e"f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['', []],
  ])('%j has the words %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('is one code, however it is divided', () => {
    expect(new Set(['EX26AAA', 'ex26 aaa', 'EX-26/AAA', ' ex 26 AAA '].map(codeOf))).toEqual(
      new Set(['ex26aaa']),
    );
  });
});
