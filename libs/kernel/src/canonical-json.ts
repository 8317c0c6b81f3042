import { hash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Writes JSON with the keys of every object in code-unit order, so that equal content gives equal text. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Plain loops are used because every submission passes here, and chained array methods cost twice as much.
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonicalJson(fields[key])}`;
  }
  return `${text}}`;
}

/**
 * Returns SHA-256 of the canonical JSON in hexadecimal. It defines "the same body" everywhere in Concordat.
 */
export function contentHash(value: unknown): string {
  return hash('sha256', canonicalJson(value));
}
