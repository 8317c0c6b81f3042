import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchKafka, startKafka } from '../../deploy/local/kafka.ts';
import { freePorts } from '../../deploy/local/ports.ts';
import { startPostgres } from '../../deploy/local/postgres.ts';
import { Secrets, writePrivately } from '../../deploy/local/secrets.ts';

export interface TestServers {
  readonly pgUrl: string;
  readonly kafkaBrokers: string;
  readonly kafkaAdmin: { readonly username: string; readonly password: string };
}

export interface RunningTestServers {
  readonly servers: TestServers;
  /** Resolves to a message when a server ends by itself. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Starts an empty PostgreSQL and Kafka for tests, on free ports, in a directory that is created anew each
 * time.
 */
export async function startTestServers(directory = join(ROOT, '.data/test')): Promise<RunningTestServers> {
  rmSync(directory, { recursive: true, force: true });
  const libraries = join(ROOT, '.data/kafka-libs');
  await fetchKafka(libraries);
  const secrets = new Secrets(join(directory, 'secrets.json'));
  const [pgPort = 0, port = 0, controllerPort = 0] = await freePorts(3);
  const [postgres, kafka] = await Promise.all([
    startPostgres({
      directory: join(directory, 'postgres'),
      port: pgPort,
      password: secrets.password('postgres'),
      logFile: join(directory, 'logs/postgres.log'),
      // The next run begins with an empty directory, and writing each commit to the disk took 1 ms or more.
      survivesPowerCut: false,
    }),
    startKafka({
      directory: join(directory, 'kafka'),
      libraries,
      port,
      controllerPort,
      adminPassword: secrets.password('kafka-admin'),
      controllerPassword: secrets.password('kafka-controller'),
      logFile: join(directory, 'logs/kafka.log'),
    }),
  ]);
  return {
    servers: {
      pgUrl: postgres.url,
      kafkaBrokers: kafka.broker,
      kafkaAdmin: { username: 'admin', password: secrets.password('kafka-admin') },
    },
    lost: Promise.race(
      [postgres.process, kafka.process].map(
        async (server) => `${server.name} ended (${String(await server.ended)}): ${server.logFile}`,
      ),
    ),
    async stop() {
      await Promise.all([kafka.stop(), postgres.stop()]);
    },
  };
}

if (import.meta.main) {
  const file = join(ROOT, '.data/test-servers.json');
  const before = Date.now();
  const started = await startTestServers();
  writePrivately(file, `${JSON.stringify(started.servers, null, 2)}\n`);
  console.log(
    `PostgreSQL and Kafka for tests are ready after ${((Date.now() - before) / 1000).toFixed(1)} s. Tests find them through ${file}. Ctrl-C stops them.`,
  );
  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    rmSync(file, { force: true });
    await started.stop();
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  const lost = await started.lost;
  if (!stopping) {
    console.error(lost);
    await stop(1);
  }
}
