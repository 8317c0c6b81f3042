import { randomBytes } from 'node:crypto';

/** A slug no other test uses: `prefix-` and ten letters, valid as a force, a unit and part of a topic name. */
export function uniqueSlug(prefix: string): string {
  const letters = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
  return `${prefix}-${letters}`;
}
