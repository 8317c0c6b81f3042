import { readFileSync } from 'node:fs';
import type { BenchStack } from '../measure/stack.ts';

/** Resident memory of each process of ours in MB, by the name of its part; PostgreSQL, whose processes share theirs, is left out. */
export function residentMb({ run }: BenchStack): Map<string, number> {
  const { start: _, postgres: __, ...parts } = run.pids;
  return new Map(Object.entries(parts).map(([part, pid]) => [part, residentOf(pid)]));
}

function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${String(pid)}/status names no resident memory`);
  return Number(kilobytes) / 1024;
}
