import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from './deployment.ts';
import { holderOf, isFree } from './ports.ts';

/** An error that is shown without a stack trace, because its message tells the reader what to do. */
export class CannotStart extends Error {}

/**
 * Claims the data directory for this process and returns a function that releases it. Throws if a running
 * process holds it.
 */
export function claimDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'stack.pid');
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}`, { flag: 'wx' });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, start] = readFileSync(file, 'utf8').split(' ');
    const holder = Number(pid);
    if (isAlive(holder, start)) throw new CannotStart(alreadyRuns(directory, holder));
    // A process that was killed left these files behind.
    rmSync(file, { force: true });
    rmSync(join(directory, 'run.json'), { force: true });
  }
}

function alreadyRuns(directory: string, pid: number): string {
  let where = 'It is still starting.';
  try {
    const run = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as {
      urls: { intake: string };
      startedAt: string;
    };
    where = `It has served ${run.urls.intake} since ${run.startedAt}.`;
  } catch {
    // run.json is written only when everything is ready.
  }
  return (
    `Concordat already runs from ${directory} (process ${String(pid)}). ${where}\n` +
    `Stop it with Ctrl-C in its terminal or with \`kill ${String(pid)}\`. To run a second one: \`npm start -- --data-dir .data/second --port-base 7500\`.`
  );
}

function isAlive(pid: number, start: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // After a restart of the machine another program may have this id, but it did not start at the same time.
  const now = startOf(pid);
  return now === undefined || now === start;
}

/** When a process started, in ticks since the machine did; undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    // The name of the program may hold spaces and stands in brackets before the other fields (proc(5)).
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Throws if a port is in use, and names the process that holds it and the option that moves all ports. */
export async function refuseBusyPorts(
  portBase: number,
  ports: Ports,
  external: { postgres: boolean; kafka: boolean },
): Promise<void> {
  const wanted: [string, number][] = [
    ['identity provider', ports.identity],
    ...Object.entries(ports.services),
    ...(external.postgres ? [] : [['PostgreSQL', ports.postgres] as [string, number]]),
    ...(external.kafka
      ? []
      : [
          ['Kafka', ports.kafka] as [string, number],
          ['Kafka controller', ports.kafkaController] as [string, number],
        ]),
  ];
  const busy = (
    await Promise.all(wanted.map(async ([name, port]) => ((await isFree(port)) ? [] : [{ name, port }])))
  ).flat();
  if (busy.length === 0) return;
  const lines = await Promise.all(
    busy.map(async ({ name, port }) => `Port ${String(port)} (${name}) is taken by ${await holderOf(port)}.`),
  );
  throw new CannotStart(
    `${lines.join('\n')}\nStop that process, or move all ports: npm start -- --port-base ${String(portBase + 200)}`,
  );
}
