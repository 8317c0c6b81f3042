import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startChild, untilReady } from './child.ts';
import type { ServiceUrls } from './databases.ts';
import { DESK, loopback, mainOf, resourceOf, ROOT } from './deployment.ts';
import type { ManagedProcess } from './supervisor.ts';
import { keyFilesOf } from './unit-keys.ts';

const run = promisify(execFile);
const READY_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 50;
/**
 * Flags of every Node process; deploy/compose/Dockerfile has the same. The warning is off because kafkajs
 * sets timers in the past and Node 24 warns of each. A young generation of 4 MB instead of 16 MB makes an
 * idle service about 22 MB smaller and saves 15 % of the processor time of a start. The limit of the old
 * generation makes V8 collect sooner: during a bulk upload of 100,000 lines intake grows by 20 MB instead of
 * 54 to 144 MB, at the same speed. It also means that a memory leak ends one process and not the machine.
 */
export const NODE_FLAGS = [
  '--disable-warning=TimeoutNegativeWarning',
  '--max-semi-space-size=4',
  '--max-old-space-size=768',
];

/**
 * A page is some megabytes of short-lived text. With 4 MB for the young generation, its collection took a
 * tenth of the desk's processor time while fifty people worked.
 */
export const DESK_FLAGS = ['--max-semi-space-size=8'];

export interface ServiceSettings {
  readonly service: string;
  readonly port: number;
  readonly urls: ServiceUrls;
  readonly kafka: { readonly brokers: readonly string[]; readonly password: string; readonly tls: boolean };
  readonly issuer: string;
  readonly catalogue: string;
  /** Directory of the units' keys; see unit-keys.ts. */
  readonly unitKeys: string;
  /** The key of a service that issues cursors; undefined for the others. */
  readonly cursorKey: string | undefined;
}

/** A program to start: its environment and its log. */
export interface ServiceProcess {
  readonly service: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

/**
 * Returns the whole environment of a service. tools/parity checks that docker-compose.yml sets the same
 * variables.
 */
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

export interface DeskSettings {
  readonly port: number;
  readonly urls: Pick<ServiceUrls, 'applicationUrl'>;
  readonly issuer: string;
  /** The address of each unit, by slug. */
  readonly units: Readonly<Record<string, string>>;
  readonly intake: string;
  readonly clientKeyFile: string;
  readonly sessionKey: string;
}

/** Returns the whole environment of the desk. */
export function deskEnvironment(settings: DeskSettings): Record<string, string> {
  const { port, urls, issuer, units, intake, clientKeyFile, sessionKey } = settings;
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DESK_URL: loopback(port),
    DATABASE_URL: urls.applicationUrl,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_KEY_FILE: clientKeyFile,
    UNIT_URLS: Object.entries(units)
      .map(([unit, url]) => `${unit}=${url}`)
      .join(','),
    INTAKE_URL: intake,
    SESSION_KEY: sessionKey,
  };
}

/** Migrates a service's database, as the role that owns the tables. */
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

/**
 * Starts a service and waits until it reports that it is ready: migrated, connected, its consumers joined.
 */
export async function startService(settings: ServiceProcess): Promise<ManagedProcess> {
  const { service, port, env, logFile, onLine } = settings;
  const child = await startChild({
    name: service,
    command: process.execPath,
    args: [...NODE_FLAGS, ...(service === DESK ? DESK_FLAGS : []), mainOf(service)],
    env: { ...env, MIGRATION_DATABASE_URL: undefined },
    logFile,
    ...(onLine ? { onLine } : {}),
  });
  await untilAnswers(child, `http://127.0.0.1:${String(port)}/health/ready`);
  // A service takes up to 25 s to finish its current work.
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
        // The process does not listen yet.
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
 * A note of the build for which the databases of a data directory were migrated, so that a second start can
 * skip the migrations. It lies in the PostgreSQL directory, so a new directory has no note.
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
