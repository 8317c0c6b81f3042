import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, type BackOff } from '#kernel';
import type { Child } from './child.ts';
import type { Reporter } from './reporter.ts';

/** A process that runs until it is stopped, and the way to stop it. */
export interface ManagedProcess {
  readonly process: Child;
  stop(): Promise<'stopped' | 'killed'>;
}

interface Entry {
  readonly name: string;
  readonly stage: number;
  readonly start: () => Promise<ManagedProcess>;
  managed: ManagedProcess;
  /** Number of times in a row that it ended by itself. */
  failures: number;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The wait has no random share, because it is printed before it begins. */
const RESTART: BackOff = { firstMs: 250, maxMs: 10_000, scatter: 0 };
/** A process that ran this long is taken to have recovered: the next restart waits the shortest time. */
const RECOVERED_AFTER_MS = 60_000;
/** How often a slow restart is reported. */
const REPORT_EVERY_MS = 15_000;

/**
 * While this file exists, processes that end are not restarted. An operator creates it while working on what
 * they use.
 */
export const holdFile = (dataDirectory: string): string => join(dataDirectory, 'hold');

/**
 * Keeps the processes of the local stack running, as an orchestrator would. A process that ends by itself is
 * started again once there is no hold file. `stop` ends them in the reverse order of their stages.
 */
export class Supervisor {
  private readonly entries: Entry[] = [];
  private stopping = false;
  private readonly reporter: Reporter;
  private readonly onRestart: () => void;
  private readonly hold: string;

  constructor(reporter: Reporter, dataDirectory: string, onRestart: () => void) {
    this.reporter = reporter;
    this.hold = holdFile(dataDirectory);
    this.onRestart = onRestart;
  }

  /** Starts a process and keeps it running. If this first start fails, the error goes to the caller. */
  async keep(stage: number, name: string, start: () => Promise<ManagedProcess>): Promise<ManagedProcess> {
    const managed = await start();
    if (this.stopping) {
      await managed.stop();
      throw new Error(`${name} came up while the stack was stopping`);
    }
    const entry: Entry = { name, stage, start, managed, failures: 0 };
    this.entries.push(entry);
    void this.watch(entry);
    return managed;
  }

  pids(): Record<string, number> {
    return Object.fromEntries(this.entries.map(({ name, managed }) => [name, managed.process.pid]));
  }

  /** Stops everything, the last stage first, and reports each stage. */
  async stop(): Promise<void> {
    this.stopping = true;
    const stages = [...new Set(this.entries.map(({ stage }) => stage))].sort((a, b) => b - a);
    for (const stage of stages) {
      const members = this.entries.filter((one) => one.stage === stage);
      const names = members.map(({ name }) => name).join(', ');
      await this.reporter.step(
        `stopping ${members.length === 1 ? names : `${String(members.length)} services`}`,
        async () => {
          const outcomes = await Promise.all(
            members.map(async ({ name, managed }) =>
              (await managed.stop()) === 'killed' ? name : undefined,
            ),
          );
          const killed = outcomes.filter((name) => name !== undefined);
          if (killed.length > 0)
            this.reporter.warn(`    ${killed.join(', ')} did not stop in time and had to be killed`);
        },
      );
    }
  }

  /** Kills everything at once. */
  kill(): void {
    this.stopping = true;
    for (const { managed } of this.entries) managed.process.kill('SIGKILL');
  }

  private async watch(entry: Entry): Promise<void> {
    for (;;) {
      const since = Date.now();
      const code = await entry.managed.process.ended;
      if (this.stopping) return;
      entry.failures = Date.now() - since > RECOVERED_AFTER_MS ? 1 : entry.failures + 1;
      this.reporter.warn(
        `  ${entry.name} ended (${String(code)}) and is started again; its log: ${entry.managed.process.logFile}`,
      );
      const endedAt = Date.now();
      const waiting = setInterval(() => {
        this.reporter.say(
          `  … ${entry.name} is not ready yet, ${seconds(Date.now() - endedAt)} after it ended`,
        );
      }, REPORT_EVERY_MS);
      const isBack = await this.restart(entry).finally(() => {
        clearInterval(waiting);
      });
      if (!isBack) return;
      this.reporter.say(`  ${entry.name} is ready again, ${seconds(Date.now() - endedAt)} after it ended`);
    }
  }

  private async restart(entry: Entry): Promise<boolean> {
    for (;;) {
      await pause(this.waitMs(entry));
      if (this.stopping) return false;
      if (existsSync(this.hold)) continue;
      try {
        entry.managed = await entry.start();
      } catch (error) {
        if (this.stopping) return false;
        entry.failures += 1;
        this.reporter.warn(
          `  ${entry.name} did not start; next attempt in ${seconds(this.waitMs(entry))}: ${(error as Error).message}`,
        );
        continue;
      }
      if (this.stopping) {
        await entry.managed.stop();
        return false;
      }
      this.onRestart();
      return true;
    }
  }

  private waitMs({ failures }: Entry): number {
    return backOffMs(failures - 1, RESTART);
  }
}
