import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ClientCredentials } from '#client';
import { startChild } from '../../deploy/local/child.ts';
import { freePorts } from '../../deploy/local/ports.ts';
import { NODE_FLAGS, untilAnswers } from '../../deploy/local/services.ts';
import { keyFilesOf, unitKeysIn } from '../../deploy/local/unit-keys.ts';
import type { ChildProgram } from '../measure/child-program.ts';
import { loadDoor } from '../load/load-door.ts';
import type { Contender } from '../measure/rounds.ts';
import { BENCH_DATA, type BenchStack } from '../measure/stack.ts';
import { FORCE, REFERENCE, UNIT } from '../measure/work.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const INTAKE_MAIN = resolve(ROOT, 'dist/apps/intake/src/main.js');
/** Nothing listens there: the relay waits, as in an outage of the broker. */
const NO_BROKER = '127.0.0.1:1';

/** Intake's schema with one live agreement of all forces, in a database of its own; the application role's connection string. */
export async function migratedIntakeDatabase(bench: BenchStack, name: string): Promise<string> {
  const { migrationUrl, applicationUrl } = await bench.serviceDatabase(name, 'intake');
  await run(process.execPath, [INTAKE_MAIN, 'migrate'], {
    cwd: ROOT,
    env: { ...process.env, MIGRATION_DATABASE_URL: migrationUrl },
  });
  await bench.query(
    bench.urlOf(name),
    `insert into agreement (agreement_id, function_id, title, unit, participants, status, valid_from, edition, demonstration)
     values ('bench', 'F2', 'Bench', '${UNIT}', '{${Object.keys(bench.run.forces).join(',')}}', 'live', '2024-01-01', 1, true)`,
  );
  return applicationUrl;
}

/**
 * Our whole intake process, tokens, validation, rules and gate included, with its broker away: what it stores goes no
 * further, so that the figure is the door's alone.
 */
export async function startIntakeAlone(
  bench: BenchStack,
  databaseName: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const [port = 0] = await freePorts(1);
  const child = await startChild({
    name: databaseName,
    command: process.execPath,
    args: [...NODE_FLAGS, INTAKE_MAIN],
    env: {
      PORT: String(port),
      DATABASE_URL: await migratedIntakeDatabase(bench, databaseName),
      KAFKA_BROKERS: NO_BROKER,
      KAFKA_USERNAME: 'intake',
      KAFKA_PASSWORD: 'none',
      OIDC_ISSUER: bench.run.urls.identity,
      CURSOR_KEY: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'error',
      ...keyFilesOf('intake', unitKeysIn(BENCH_DATA)),
      ...env,
    },
    logFile: resolve(ROOT, `.data/bench/logs/${databaseName}.log`),
  });
  await untilAnswers(child, `http://127.0.0.1:${String(port)}/health/live`);
  return { port, stop: async () => void (await child.stop()) };
}

/** Submissions as fast as they are answered, as the peers get them. */
export async function intakeAlone(bench: BenchStack, ms: number, load: ChildProgram): Promise<Contender> {
  const name = `bench_intake_alone_${String((entries += 1))}`;
  const { port, stop } = await startIntakeAlone(bench, name);
  const headers = await submitterHeaders(bench, FORCE);
  return {
    name: 'Concordat intake (token, validation, rules, gate)',
    async round(number) {
      const round = await loadDoor(load, port, number, ms, await headers());
      if (number === 0) await bench.settle(bench.urlOf(name));
      return round;
    },
    end: stop,
  };
}

let entries = 0;

/** Headers of a force's submission, the token renewed when it runs out. */
export async function submitterHeaders(
  bench: BenchStack,
  force: string,
): Promise<() => Promise<Record<string, string>>> {
  const access = bench.run.forces[force];
  if (!access) throw new Error(`no client for ${force}`);
  const { clientId, keyFile, resource } = access;
  const credentials = new ClientCredentials({
    issuer: bench.run.urls.identity,
    clientId,
    keyFile: resolve(ROOT, keyFile),
    resource,
  });
  await credentials.token();
  return async () => ({ authorization: `Bearer ${await credentials.token()}`, 'idempotency-key': REFERENCE });
}
