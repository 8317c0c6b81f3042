import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ports } from './deployment.ts';
import { holderOf, isFree } from './ports.ts';

/** An error that is shown without a stack trace, because its message tells the reader what to do. */
export class CannotStart extends Error {}

/** The claims of this process, so that a file with its id from an earlier process does not count as one. */
const held = new Set<string>();

/**
 * Claims the data directory for this process and returns a function that releases it. Throws if a running
 * process holds it.
 */
export function claimDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = resolve(directory, 'stack.pid');
  const holder = claimFile(file);
  if (holder !== undefined) throw new CannotStart(alreadyRuns(directory, holder));
  // A process that was killed may have left this file behind.
  rmSync(join(directory, 'run.json'), { force: true });
  return () => {
    releaseFile(file);
  };
}

/**
 * Makes this process the holder of a claim file, or returns the id of the running process that holds it. The
 * file is written elsewhere and then linked, so no reader ever finds a part of it.
 */
function claimFile(file: string): number | undefined {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, ownClaim());
  try {
    for (;;) {
      try {
        linkSync(own, file);
        held.add(file);
        return undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = readIfThere(file);
      if (found === undefined) continue;
      if (isHeld(file, found)) return pidOf(found);
      const rival = replaceClaim(file, found, own);
      if (rival !== undefined || held.has(file)) return rival;
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Replaces the claim of a dead process, if it is still the one that was read. Only the holder of a second
 * claim file may do so; two processes could otherwise each replace it. Returns the id of the process that
 * holds the second file.
 */
function replaceClaim(file: string, read: string, own: string): number | undefined {
  const second = `${file}.next`;
  const rival = claimFile(second);
  if (rival !== undefined) return rival;
  try {
    if (readIfThere(file) === read) {
      renameSync(own, file);
      held.add(file);
    }
    return undefined;
  } finally {
    releaseFile(second);
  }
}

function releaseFile(file: string): void {
  held.delete(file);
  if (readIfThere(file) === ownClaim()) rmSync(file, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
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

/** The id of a process and its start. The start is missing where there is no /proc. */
const ownClaim = (): string => `${process.pid} ${processOf(process.pid)?.start ?? ''}`.trim();

const pidOf = (claim: string): number => Number(claim.split(' ')[0]);

function isHeld(file: string, claim: string): boolean {
  const pid = pidOf(claim);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const found = processOf(pid);
  if (!found) return true;
  // A killed process keeps its id until its parent collects it: proc(5) calls it Z or X.
  if (/[ZXx]/.test(found.state)) return false;
  // After a restart of the machine another program may have this id, but it did not start at the same time.
  const start = claim.split(' ')[1];
  return !start || start === found.start;
}

/** The state of a process and its start in ticks of the machine; undefined where there is no /proc. */
function processOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    // The program's name may contain spaces; it is in brackets before the other fields (proc(5)).
    const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(
      ' ',
    );
    return { state: state ?? '', start: fields[18] ?? '' };
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
