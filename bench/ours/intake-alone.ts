import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { ClientCredentials } from '#client';
import { startChild } from '../../deploy/local/child.ts';
import { mainOf, ROOT } from '../../deploy/local/deployment.ts';
import { freePorts } from '../../deploy/local/ports.ts';
import { NODE_FLAGS, untilAnswers } from '../../deploy/local/services.ts';
import { keyFilesOf, unitKeysIn } from '../../deploy/local/unit-keys.ts';
import type { ChildProgram } from '../measure/child-program.ts';
import { loadDoor } from '../load/load-door.ts';
import type { Contender } from '../measure/rounds.ts';
import { BENCH_DATA, type BenchStack } from '../measure/stack.ts';
import { FORCE, REFERENCE, UNIT } from '../measure/work.ts';

/** Nothing listens at this address, so the relay waits as in an outage of the broker. */
const NO_BROKER = '127.0.0.1:1';

/**
 * Creates a database with intake's schema and one live agreement of all forces. Returns the service's
 * connection string.
 */
export async function createIntakeDatabase(bench: BenchStack, name: string): Promise<string> {
  const applicationUrl = await bench.createServiceDatabase(name, 'intake');
  await bench.query(
    bench.urlOf(name),
    `insert into agreement (agreement_id, function_id, title, unit, participants, status, valid_from, edition, demonstration)
     values ('bench', 'F2', 'Bench', '${UNIT}', '{${Object.keys(bench.run.forces).join(',')}}', 'live', '2024-01-01', 1, true)`,
  );
  return applicationUrl;
}

/**
 * Starts our whole intake process, with tokens, validation, rules and gate, but without a broker. Requests
 * are stored and not sent, so that only the door is measured.
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
    args: [...NODE_FLAGS, mainOf('intake')],
    env: {
      PORT: String(port),
      DATABASE_URL: await createIntakeDatabase(bench, databaseName),
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

/** Opens intake as a contender. It gets submissions as fast as it answers them, like the peers. */
export async function openIntakeAlone(bench: BenchStack, ms: number, load: ChildProgram): Promise<Contender> {
  const name = `bench_intake_alone_${String((opened += 1))}`;
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

let opened = 0;

/** Returns a function for the headers of a force's submissions. It renews the token when it expires. */
export async function submitterHeaders(
  bench: BenchStack,
  force: string,
): Promise<() => Promise<Record<string, string>>> {
  const access = bench.run.forces[force];
  if (!access) throw new Error(`${force} has no development client`);
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
