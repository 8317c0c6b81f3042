import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patternsIn, slowPatterns } from '#testing';
import { ROOT } from '../local/landscape.ts';

describe('what strangers may send', () => {
  it.each(['openapi.json', 'asyncapi.json'])('is held against no pattern that a text can make slow: %s', (name) => {
    const patterns = patternsIn(JSON.parse(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')));
    // Parameters, bodies, messages and every field of every request type.
    expect(patterns.length).toBeGreaterThan(3);
    expect(slowPatterns(patterns)).toEqual([]);
  });
});
