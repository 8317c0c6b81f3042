import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeEnvelope, encodeEnvelope, expectMessage, MESSAGE_TYPES, type MessageType } from './index.ts';

const folder = join(import.meta.dirname, '../golden');
interface Golden {
  key: string | null;
  headers: Record<string, string>;
  value: unknown;
}

/** Messages that were once sent. Today's code must read them for as long as a topic may still contain one. */
describe('golden messages', () => {
  it('exist for every message type', () => {
    expect(
      readdirSync(folder)
        .map((file) => file.replace('.json', ''))
        .sort(),
    ).toEqual(Object.keys(MESSAGE_TYPES).sort());
  });

  it.each(Object.keys(MESSAGE_TYPES) as MessageType[])('%s is read and written unchanged', (type) => {
    const golden = JSON.parse(readFileSync(join(folder, `${type}.json`), 'utf8')) as Golden;
    const wire = { ...golden, value: Buffer.from(JSON.stringify(golden.value)) };
    const envelope = expectMessage(decodeEnvelope(wire), [type]);
    expect(envelope.value).toEqual(golden.value);
    expect(encodeEnvelope(envelope, golden.key)).toEqual(wire);
  });
});
