import { eventually } from '#testing';
import type { Ground } from './fault-environment.ts';
import { MemoryCgroup } from './memory-cgroup.ts';

/** Beyond what it holds already: less than one batch of work needs, so that the kernel ends it amid one. */
const MORE_BYTES = 4 * 1024 * 1024;
const BURST = 300;
const AT_ONCE = 32;
const KILLED_WITHIN_MS = 60_000;

/** Intake, then a unit, may suddenly hold no more than they do; the kernel kills each amid a burst, and a new process takes over. */
export async function limitMemory({ system, trial, over }: Ground): Promise<string> {
  const [unit] = system.units as [string];
  let killed = 0;
  for (const service of ['intake', unit]) {
    const pid = system.run().pids[service];
    if (pid === undefined) throw new Error(`run.json names no process of ${service}`);
    const group = new MemoryCgroup(service, MORE_BYTES);
    try {
      group.take(pid);
      const burst = trial.load.burst(BURST, AT_ONCE);
      await eventually(() => group.killed() > 0, {
        withinMs: KILLED_WITHIN_MS,
        says: `${service} killed for want of memory`,
      });
      over();
      await eventually(() => system.run().pids[service] !== pid, {
        withinMs: KILLED_WITHIN_MS,
        says: `a new ${service}`,
      });
      await burst;
      killed += group.killed();
    } finally {
      group.remove();
    }
    await system.untilReady();
  }
  return `${killed} processes killed by the kernel, ${2 * BURST} in bursts meanwhile`;
}
