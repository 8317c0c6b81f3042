import { describe, expect, it } from '@jest/globals';
import { Text, schemaOf } from '#contracts';
import { patternsIn, slowPatterns } from './slow-patterns.ts';

describe('a pattern that a text can make slow', () => {
  it.each(['^(a+)+$', '^a*a*a*b$', 'x+y'])('is found: %s', (pattern) => {
    class WithIt {
      @Text({ max: 40, pattern })
      field!: string;
    }
    expect(slowPatterns(patternsIn(schemaOf(WithIt)))).toEqual([pattern]);
  });

  it.each(['^[A-Z]{2}\\d{2}$', '^[^\\u0000-\\u001f]*$', '^[!-~]+$'])('is not seen in %s', (pattern) => {
    expect(slowPatterns([pattern])).toEqual([]);
  });
});
