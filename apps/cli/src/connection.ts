import type { RunningStack } from '#client';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { NotUtf8, textOfUtf8 } from '#kernel';
import { UsageError } from './exit-codes.ts';

/** The address of intake, and the identity to use. */
export interface Connection {
  readonly url: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly keyFile: string;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;
type Environment = Readonly<Record<string, string | undefined>>;

const SETTINGS = [
  { member: 'url', option: 'url', variable: 'CONCORDAT_URL' },
  { member: 'issuer', option: 'issuer', variable: 'CONCORDAT_ISSUER' },
  { member: 'clientId', option: 'client-id', variable: 'CONCORDAT_CLIENT_ID' },
  { member: 'keyFile', option: 'key-file', variable: 'CONCORDAT_KEY' },
] as const satisfies readonly { member: keyof Connection; option: string; variable: string }[];

/**
 * Reads `--as`, else the options, else the environment. Throws a UsageError that names every missing setting.
 */
export function connectionOf(values: Values, environment: Environment): Connection {
  if (values['as'] !== undefined)
    return ofDemonstration(
      String(values['as']),
      String(values['run'] ?? environment['CONCORDAT_RUN'] ?? join('.data', 'run.json')),
    );
  const found = SETTINGS.map(
    ({ member, option, variable }) => [member, values[option] ?? environment[variable]] as const,
  );
  const missing = SETTINGS.filter((_, index) => !found[index]?.[1]).map(
    ({ option, variable }) => `--${option} (${variable})`,
  );
  if (missing.length > 0) {
    throw new UsageError(
      `Missing: ${missing.join(', ')}. For a system started by npm start, --as bedfordshire replaces all of them.`,
    );
  }
  const connection = Object.fromEntries(found) as unknown as Connection;
  if (!URL.canParse(connection.url))
    throw new UsageError(`--url must be a URL; ${connection.url} is not one`);
  return connection;
}

function ofDemonstration(force: string, file: string): Connection {
  let run: RunningStack;
  try {
    run = JSON.parse(textOfUtf8(readFileSync(file))) as RunningStack;
  } catch (error) {
    if (error instanceof NotUtf8)
      throw new UsageError(`--as reads ${file}, which is ${error.message}. Run npm start to write it again.`);
    throw new UsageError(
      `--as reads ${file}, which does not exist or is not JSON. Start the system first, in another terminal (npm start).`,
    );
  }
  const known = { ...run.forces, ...run.sandboxes };
  const access = known[force];
  if (!access)
    throw new UsageError(`--as ${force}: the running system has only ${Object.keys(known).join(', ')}.`);
  const keyFile = isAbsolute(access.keyFile) ? access.keyFile : join(process.cwd(), access.keyFile);
  return { url: run.urls.intake, issuer: run.urls.identity, clientId: access.clientId, keyFile };
}
