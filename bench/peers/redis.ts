import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild, untilReady, type Child } from '../../deploy/local/child.ts';
import { ROOT } from '../../deploy/local/deployment.ts';

const run = promisify(execFile);
const FOLDER = join(ROOT, '.data/redis');
/** This jar contains the Redis program for this platform. */
const ARTEFACT = 'com.github.codemonstur:embedded-redis:1.4.3';
const PROGRAM = 'redis-server-6.2.6-v5-linux-amd64';
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const START_MS_MAX = 10_000;

/** Maven has a Redis program only for this platform. */
export const hasRedis = process.platform === 'linux' && process.arch === 'x64';

/**
 * Lets Maven unpack Redis once and returns the path of the program. It is unpacked into another folder first,
 * so that an interrupted download is not used.
 */
async function fetchRedis(): Promise<string> {
  const program = join(FOLDER, PROGRAM);
  if (existsSync(program)) return program;
  const partial = `${FOLDER}.partial-${String(process.pid)}`;
  const chosen = [
    `-Dartifact=${ARTEFACT}`,
    `-Dmdep.unpack.includes=${PROGRAM}`,
    `-DoutputDirectory=${partial}`,
  ];
  mkdirSync(partial, { recursive: true });
  // Maven leaves files in its working directory, so it runs in the temporary folder.
  await run('mvn', ['-q', '-B', `${PLUGIN}:unpack`, ...chosen], { cwd: partial });
  chmodSync(join(partial, PROGRAM), 0o755);
  renameSync(partial, FOLDER);
  return program;
}

/**
 * Starts a Redis that confirms a write when it is on disk, like all contenders: append-only file, fsync at
 * every write.
 */
export async function startRedis(port: number): Promise<Child> {
  const program = await fetchRedis();
  const directory = join(ROOT, '.data/bench/redis');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: directory,
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
  };
  const ready = Promise.withResolvers<void>();
  const child = await startChild({
    name: 'Redis',
    command: program,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    logFile: join(ROOT, '.data/bench/logs/redis.log'),
    onLine: (line) => {
      if (line.includes('Ready to accept connections')) ready.resolve();
    },
  });
  await untilReady(child, ready.promise, START_MS_MAX);
  return child;
}
