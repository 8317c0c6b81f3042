import { eventually } from '#testing';
import type { FaultEnvironment } from './fault-environment.ts';
import { MemoryCgroup } from './memory-cgroup.ts';

/** The process may allocate this much more. One batch needs more, so the kernel kills it inside a batch. */
const MORE_BYTES = 4 * 1024 * 1024;
const BURST = 300;
const AT_ONCE = 32;
const KILLED_WITHIN_MS = 60_000;

/**
 * Limits the memory of intake, then of a unit, during a burst of submissions. The kernel kills the process,
 * and a new one must take over.
 */
export async function limitMemory({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const [unit] = system.units as [string];
  let killed = 0;
  for (const service of ['intake', unit]) {
    const pid = system.pidOf(service);
    const group = new MemoryCgroup(service, MORE_BYTES);
    try {
      group.add(pid);
      const burst = trial.load.burst(BURST, AT_ONCE);
      await eventually(() => group.killedCount() > 0, {
        withinMs: KILLED_WITHIN_MS,
        says: `the kill of ${service} at its memory limit`,
      });
      markFaultEnd();
      await eventually(() => system.run().pids[service] !== pid, {
        withinMs: KILLED_WITHIN_MS,
        says: `a new process of ${service}`,
      });
      await burst;
      killed += group.killedCount();
    } finally {
      group.remove();
    }
    await system.untilReady();
  }
  return `${killed} processes killed by the kernel; ${2 * BURST} requests submitted in bursts meanwhile`;
}
