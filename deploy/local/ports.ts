import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Returns true if nothing listens on the port of 127.0.0.1. */
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

/** Finds `count` different free ports. */
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

/**
 * Names the process that listens on the port, with its id and command line, or "another process" if that
 * cannot be found.
 */
export async function holderOf(port: number): Promise<string> {
  const pid = await listenerOn(port);
  if (!pid) return 'another process';
  try {
    const { stdout } = await run('ps', ['-o', 'args=', '-p', pid]);
    const line = stdout.trim();
    return `process ${pid}: ${line.length > 90 ? `${line.slice(0, 90)}…` : line}`;
  } catch {
    return `process ${pid}`;
  }
}

async function listenerOn(port: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('lsof', ['-nP', '-t', `-iTCP:${String(port)}`, '-sTCP:LISTEN']);
    return stdout.split('\n')[0];
  } catch {
    // Machines without lsof often have ss.
  }
  try {
    const { stdout } = await run('ss', ['-Hltnp', `sport = :${String(port)}`]);
    return /pid=(\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
