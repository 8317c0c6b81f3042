import { isSafePattern } from 'redos-detector';
import type { Schema } from '#contracts';

/** Ways to go back that a text may cause before a pattern counts as one that can be made to take long. */
const BACKTRACKS_MAX = 200;
/** Bounds of the search; a pattern that needs more is too hard to judge, and so to keep. */
const SEARCH = { maxScore: BACKTRACKS_MAX, maxSteps: 5_000 };

/** Every `pattern` anywhere inside a schema or a document, each once. */
export function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as Schema)['pattern'];
  const inside = Object.values(schema).flatMap(patternsIn);
  return [...new Set([...(typeof own === 'string' ? [own] : []), ...inside])];
}

/** Those of the patterns that some text makes backtrack without a small bound (ReDoS), or that are too hard to judge. */
export function slowPatterns(patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const { safe, error } = isSafePattern(pattern, { unicode: true, ...SEARCH });
    return !safe || error !== null;
  });
}
