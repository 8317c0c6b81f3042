import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deploymentFrom } from './deployment.ts';
import { writePrivately } from './secrets.ts';

const ALL_FILE = 'unit-keys.json';

/** Returns the folder of the unit keys in the data directory of a local start. */
export function unitKeysIn(dataDirectory: string): string {
  return join(dataDirectory, 'unit-keys');
}

/**
 * Returns the key files of a service as environment variables. Intake gets the keys of all units, a unit only
 * its own.
 */
export function keyFilesOf(service: string, directory: string): Record<string, string> {
  if (service === 'collaboration') return {};
  if (service === 'intake') return { UNIT_KEYS_FILE: join(directory, ALL_FILE) };
  return { SIGNING_KEY_FILE: join(directory, `${service}.key`) };
}

/**
 * Creates a key for each unit that has none, and writes all keys into one file for intake. A unit's file may
 * hold several keys, separated by commas with the newest first, because the topics still hold messages signed
 * with earlier keys.
 */
export function writeUnitKeys(directory: string, units: readonly string[]): void {
  const keys = units.map((unit) => {
    const file = join(directory, `${unit}.key`);
    if (!existsSync(file)) writePrivately(file, randomBytes(32).toString('base64url'));
    return [unit, readFileSync(file, 'utf8').trim()] as const;
  });
  writePrivately(join(directory, ALL_FILE), `${JSON.stringify(Object.fromEntries(keys), null, 2)}\n`);
}

/** `npm run unit-keys -- DIRECTORY` creates the keys of your own deployment. */
if (import.meta.main) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [directory] = positionals;
  if (directory === undefined || positionals.length > 1) {
    console.error('Usage: npm run unit-keys -- DIRECTORY');
    process.exitCode = 1;
  } else {
    const { units } = deploymentFrom();
    writeUnitKeys(resolve(directory), units);
    console.log(
      `${directory} now holds UNIT.key for each unit (its SIGNING_KEY_FILE) and ${ALL_FILE} (UNIT_KEYS_FILE of intake).`,
    );
  }
}
