import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** True when nothing listens on the port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** As many free ports as asked for, each different. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = createServer();
      await new Promise<void>((resolve) => probe.listen({ port: 0, host: '127.0.0.1' }, resolve));
      return probe;
    }),
  );
  const ports = probes.map((probe) => (probe.address() as { port: number }).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** Who listens on the port, as `name (process id)`; "another process" where the system does not say. */
export async function holderOf(port: number): Promise<string> {
  try {
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${String(port)}`, '-sTCP:LISTEN', '-Fpc']);
    const pid = /^p(\d+)/m.exec(stdout)?.[1];
    const name = /^c(.+)/m.exec(stdout)?.[1];
    if (pid) return `${name ?? 'process'} (process ${pid})`;
  } catch {
    // lsof is not everywhere; ss is on most Linux machines.
  }
  try {
    const { stdout } = await run('ss', ['-Hltnp', `sport = :${String(port)}`]);
    const found = /\("([^"]+)",pid=(\d+)/.exec(stdout);
    if (found) return `${found[1] ?? ''} (process ${found[2] ?? ''})`;
  } catch {
    // Neither tool: the port is named, its holder is not.
  }
  return 'another process';
}
