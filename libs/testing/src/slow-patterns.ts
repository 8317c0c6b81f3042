import { isSafePattern } from 'redos-detector';
import type { Schema } from '#contracts';

/** How often a text may make a pattern backtrack before the pattern counts as slow. */
const BACKTRACKS_MAX = 200;
/** Limits of the search. A pattern that needs more is too hard to judge and therefore refused. */
const SEARCH = { maxScore: BACKTRACKS_MAX, maxSteps: 5_000 };

/** Returns every `pattern` inside a schema or document, each once. */
export function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as Schema)['pattern'];
  const inside = Object.values(schema).flatMap(patternsIn);
  return [...new Set([...(typeof own === 'string' ? [own] : []), ...inside])];
}

/**
 * Returns the patterns that some text makes backtrack without a small limit (ReDoS), or that are too hard to
 * judge.
 */
export function slowPatterns(patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const { safe, error } = isSafePattern(pattern, { unicode: true, ...SEARCH });
    return !safe || error !== null;
  });
}
