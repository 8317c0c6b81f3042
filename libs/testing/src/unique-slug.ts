import { randomBytes } from 'node:crypto';

/** Makes a slug that no other test uses: `prefix-` and ten letters, valid for forces, units and topics. */
export function uniqueSlug(prefix: string): string {
  const letters = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
  return `${prefix}-${letters}`;
}
