import { afterEach, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signed, signingKeysOf, UnitKeys, type SigningKeys } from '#contracts';
import { keyFilesOf, writeUnitKeys } from './unit-keys.ts';

const directory = mkdtempSync(join(tmpdir(), 'unit-keys-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('gives each unit a private key that is kept and that intake accepts, together with earlier keys', () => {
  const message = { topic: 'force.north.events.v1', headers: { ce_id: '1' }, value: '{}' };
  const fileOf = (unit: string): string => keyFilesOf(unit, directory)['SIGNING_KEY_FILE'] as string;
  const keysOf = (unit: string): SigningKeys =>
    signingKeysOf(readFileSync(fileOf(unit), 'utf8')) as SigningKeys;
  const intakes = (): UnitKeys =>
    UnitKeys.parse(
      readFileSync(keyFilesOf('intake', directory)['UNIT_KEYS_FILE'] as string, 'utf8'),
    ) as UnitKeys;
  const signedMessage = (keys: SigningKeys) => ({ ...message, headers: signed(message, keys) });

  writeUnitKeys(directory, ['fleet', 'legal']);
  const [first, other] = [keysOf('fleet'), keysOf('legal')];
  expect(statSync(fileOf('fleet')).mode & 0o077).toBe(0);
  writeFileSync(fileOf('fleet'), `${'b'.repeat(43)},${readFileSync(fileOf('fleet'), 'utf8')}`);
  writeUnitKeys(directory, ['fleet', 'legal', 'estates']);
  expect(keysOf('fleet')).toHaveLength(2);
  expect(
    [first, keysOf('fleet'), other, keysOf('estates')].map((keys) =>
      intakes().prove('fleet', signedMessage(keys)),
    ),
  ).toEqual([true, true, false, false]);
  expect(intakes().prove('legal', signedMessage(other))).toBe(true);
  expect(intakes().prove('constructor', signedMessage(other))).toBe(false);
});
