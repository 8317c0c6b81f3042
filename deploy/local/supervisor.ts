import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, type BackOff } from '#kernel';
import type { Child } from './child.ts';
import type { Reporter } from './reporter.ts';

/** Something that runs until it is stopped. */
export interface Part {
  readonly process: Child;
  stop(): Promise<'stopped' | 'killed'>;
}

interface Kept {
  readonly name: string;
  readonly stage: number;
  readonly start: () => Promise<Part>;
  part: Part;
  /** Ends that were not asked for, in a row. */
  failures: number;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Without chance: the wait is printed before it is made. */
const RESTART: BackOff = { firstMs: 250, maxMs: 10_000, scatter: 0 };
/** A part that ran this long is taken to be well again. */
const WELL_AFTER_MS = 60_000;
/** How often a restart that takes its time says so. */
const SAY_EVERY_MS = 15_000;

/** While there is a file of this name, parts that end stay ended: somebody is at work on what they use. */
export const holdFile = (dataDirectory: string): string => join(dataDirectory, 'hold');

/**
 * Keeps the parts of the local stack running, as an orchestrator would: one that ends by itself is started again, unless the
 * hold file says to wait. Stops them in the reverse order of their stages.
 */
export class Supervisor {
  private readonly kept: Kept[] = [];
  private stopping = false;
  private readonly reporter: Reporter;
  private readonly onRestart: () => void;
  private readonly hold: string;

  constructor(reporter: Reporter, dataDirectory: string, onRestart: () => void) {
    this.reporter = reporter;
    this.hold = holdFile(dataDirectory);
    this.onRestart = onRestart;
  }

  /** Starts a part; a failure of this first start is the caller's. */
  async keep(stage: number, name: string, start: () => Promise<Part>): Promise<Part> {
    const part = await start();
    if (this.stopping) {
      await part.stop();
      throw new Error(`${name} came up while the stack was stopping`);
    }
    const kept: Kept = { name, stage, start, part, failures: 0 };
    this.kept.push(kept);
    void this.watch(kept);
    return part;
  }

  pids(): Record<string, number> {
    return Object.fromEntries(this.kept.map(({ name, part }) => [name, part.process.pid]));
  }

  /** Stops everything, the last stage first; says how each stage went. */
  async stop(): Promise<void> {
    this.stopping = true;
    const stages = [...new Set(this.kept.map(({ stage }) => stage))].sort((a, b) => b - a);
    for (const stage of stages) {
      const members = this.kept.filter((one) => one.stage === stage);
      const names = members.map(({ name }) => name).join(', ');
      await this.reporter.step(
        `stopping ${members.length === 1 ? names : `${String(members.length)} services`}`,
        async () => {
          const outcomes = await Promise.all(
            members.map(async ({ name, part }) => ((await part.stop()) === 'killed' ? name : undefined)),
          );
          const killed = outcomes.filter((name) => name !== undefined);
          if (killed.length > 0)
            this.reporter.warn(`    ${killed.join(', ')} did not stop in time and had to be killed`);
        },
      );
    }
  }

  /** Ends everything at once. */
  kill(): void {
    this.stopping = true;
    for (const { part } of this.kept) part.process.kill('SIGKILL');
  }

  private async watch(kept: Kept): Promise<void> {
    for (;;) {
      const since = Date.now();
      const code = await kept.part.process.ended;
      if (this.stopping) return;
      kept.failures = Date.now() - since > WELL_AFTER_MS ? 1 : kept.failures + 1;
      this.reporter.warn(
        `  ${kept.name} ended (${String(code)}) and is started again; its log: ${kept.part.process.logFile}`,
      );
      const endedAt = Date.now();
      const waiting = setInterval(() => {
        this.reporter.say(
          `  … ${kept.name} is not ready yet, ${seconds(Date.now() - endedAt)} after it ended`,
        );
      }, SAY_EVERY_MS);
      const isBack = await this.restart(kept).finally(() => {
        clearInterval(waiting);
      });
      if (!isBack) return;
      this.reporter.say(`  ${kept.name} is ready again, ${seconds(Date.now() - endedAt)} after it ended`);
    }
  }

  private async restart(kept: Kept): Promise<boolean> {
    for (;;) {
      await pause(this.waitMs(kept));
      if (this.stopping) return false;
      if (existsSync(this.hold)) continue;
      try {
        kept.part = await kept.start();
      } catch (error) {
        if (this.stopping) return false;
        kept.failures += 1;
        this.reporter.warn(
          `  ${kept.name} is tried again in ${seconds(this.waitMs(kept))}: ${(error as Error).message}`,
        );
        continue;
      }
      if (this.stopping) {
        await kept.part.stop();
        return false;
      }
      this.onRestart();
      return true;
    }
  }

  private waitMs({ failures }: Kept): number {
    return backOffMs(failures - 1, RESTART);
  }
}
