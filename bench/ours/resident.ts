import { readFileSync } from 'node:fs';
import type { BenchStack } from '../measure/stack.ts';

/** The resident memory in MB of each process. PostgreSQL is left out, because its processes share memory. */
export function residentMb({ run }: BenchStack): Map<string, number> {
  const { start: _, postgres: __, ...pids } = run.pids;
  return new Map(Object.entries(pids).map(([name, pid]) => [name, residentOf(pid)]));
}

function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${String(pid)}/status has no resident memory`);
  return Number(kilobytes) / 1024;
}
