import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startChild, untilReady } from './child.ts';
import type { ServiceUrls } from './databases.ts';
import { mainOf, resourceOf, ROOT } from './deployment.ts';
import type { Part } from './supervisor.ts';
import { keyFilesOf } from './unit-keys.ts';

const run = promisify(execFile);
const READY_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 50;
/**
 * kafkajs sets timers in the past and Node 24 warns of each. A young generation of 4 MB instead of 16 keeps an idle
 * service about 22 MB smaller and starts it with 15 % less processor time. With an end to the old one V8 collects sooner: a bulk upload of
 * 100,000 lines lets intake grow by 20 MB and not by 54 to 144, at the same speed; and a leak ends one process, not the machine.
 * deploy/compose/Dockerfile has the same.
 */
export const NODE_FLAGS = [
  '--disable-warning=TimeoutNegativeWarning',
  '--max-semi-space-size=4',
  '--max-old-space-size=768',
];

export interface ServiceSettings {
  readonly service: string;
  readonly port: number;
  readonly urls: ServiceUrls;
  readonly kafka: { readonly brokers: readonly string[]; readonly password: string; readonly tls: boolean };
  readonly issuer: string;
  readonly catalogue: string;
  /** Directory of the units' keys, see unit-keys.ts. */
  readonly unitKeys: string;
  /** The key of a service that gives out cursors. */
  readonly cursorKey: string | undefined;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

/** The whole environment of a service; the same names stand in docker-compose.yml (tools/parity/parity.arch.spec.ts). */
export function serviceEnvironment({
  service,
  port,
  urls,
  kafka,
  issuer,
  catalogue,
  unitKeys,
  cursorKey,
}: ServiceSettings): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: urls.applicationUrl,
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_USERNAME: service,
    KAFKA_PASSWORD: kafka.password,
    KAFKA_TLS: kafka.tls ? 'on' : 'off',
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: resourceOf(service),
    CONCORDAT_CATALOGUE: catalogue,
    ...keyFilesOf(service, unitKeys),
    ...(cursorKey !== undefined && { CURSOR_KEY: cursorKey }),
  };
}

/** Brings a service's database up to date, as the role that owns the tables. */
export async function migrateService(
  service: string,
  urls: Pick<ServiceUrls, 'migrationUrl'>,
  build?: string,
): Promise<void> {
  const env = { ...process.env, MIGRATION_DATABASE_URL: urls.migrationUrl };
  try {
    await run(process.execPath, [...NODE_FLAGS, mainOf(service, build), 'migrate'], { env, cwd: ROOT });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(
      `The migrations of ${service} failed:\n${(stderr ?? '') + (stdout ?? '') || String(error)}`,
      { cause: error },
    );
  }
}

/** Starts a service and waits until it says that it is ready: migrated, connected, its consumers joined. */
export async function startService(settings: ServiceSettings): Promise<Part> {
  const { service, port, logFile, onLine } = settings;
  const child = await startChild({
    name: service,
    command: process.execPath,
    args: [...NODE_FLAGS, mainOf(service)],
    env: { ...serviceEnvironment(settings), MIGRATION_DATABASE_URL: undefined },
    logFile,
    ...(onLine ? { onLine } : {}),
  });
  await untilAnswers(child, `http://127.0.0.1:${String(port)}/health/ready`);
  // A service gives itself 25 s to finish what it has in hand.
  return { process: child, stop: () => child.stop('SIGTERM', 30_000) };
}

/** Waits until the address answers 200. */
export async function untilAnswers(child: Parameters<typeof untilReady>[0], url: string): Promise<void> {
  let over = false;
  const answers = async (): Promise<void> => {
    while (!over) {
      try {
        if ((await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok) return;
      } catch {
        // Not listening yet.
      }
      await pause(ASK_EVERY_MS);
    }
  };
  try {
    await untilReady(child, answers(), READY_WITHIN_MS);
  } finally {
    over = true;
  }
}

/**
 * Remembers for which build the databases of a data directory were migrated, so that a second start need not ask
 * again. A fresh PostgreSQL directory has no such memory, for the note lies in it.
 */
export class MigratedNote {
  private readonly file: string;
  private readonly build: string;

  constructor(directory: string, services: readonly string[]) {
    this.file = join(directory, 'migrated-for-build');
    this.build = `${fingerprintOfBuild()} ${services.join(',')}`;
  }

  holds(): boolean {
    return existsSync(this.file) && readFileSync(this.file, 'utf8') === this.build;
  }

  write(): void {
    writeFileSync(this.file, this.build);
  }
}

function fingerprintOfBuild(): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const at = join(path, entry.name);
      if (entry.isDirectory()) visit(at);
      else if (entry.name.endsWith('.js'))
        hash.update(`${at} ${String(statSync(at).mtimeMs)} ${String(statSync(at).size)}\n`);
    }
  };
  visit(join(ROOT, 'dist'));
  return hash.digest('hex');
}
