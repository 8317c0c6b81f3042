import { Logger } from '@nestjs/common';
import { forceEventsTopic } from '#contracts';
import { BackgroundLoop } from '#kernel';
import type { Database, PoolClient } from '#persistence';
import type { RequestType, UnitDefinition } from '#unit';
import { projectChanges } from '../answers/project-events/projection.store.ts';
import { play, type Played } from './play.ts';
import type { Rehearsal } from './rehearsal.ts';
import { dueRehearsals, keepPlayed, untilNextDue } from './rehearsal.store.ts';
import { scenarioNamed } from './scenarios.ts';

const AT_ONCE_MAX = 100;
/** What another replica left behind when it died waits at most this long. */
const LOOK_EVERY_MS = 30_000;
/** What is overdue and was not taken is in the hands of another. */
const HELD_ELSEWHERE_MS = 100;
const AFTER_FAULT_MS = 2_000;
const LATE = 10;

/**
 * Stands in for all units towards one sandbox: plays each of its requests by the scenario that its reference names. Nothing
 * of it leaves intake but for the sandbox's own events topic. Every replica has one; what they share is in the database.
 */
export class SandboxResponder {
  private readonly log = new Logger('sandbox');
  private readonly types: ReadonlyMap<string, RequestType>;
  private readonly loop = new BackgroundLoop({
    turn: () => this.look(),
    failed: (error) => {
      // Nothing is lost: the place in each script is as it was.
      this.log.warn(`the sandbox ${this.options.force} waits: ${(error as Error).message}`);
      return AFTER_FAULT_MS;
    },
  });

  constructor(
    private readonly database: Database,
    definitions: readonly UnitDefinition[],
    private readonly options: {
      readonly force: string;
      readonly stepMs: number;
      readonly onPlayed: () => void;
    },
  ) {
    const types = definitions.flatMap(({ requestTypes }) => requestTypes);
    this.types = new Map(types.map((type) => [`${type.name}/${type.version}`, type]));
  }

  start(): void {
    this.loop.start();
  }

  /** Something was stored for it. */
  nudge(): void {
    this.loop.nudge();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Plays what is due; returns the time until the next step is due. */
  private async look(): Promise<number> {
    const { force, onPlayed } = this.options;
    const played = await this.database.transaction([force], (client) => this.playDue(client));
    if (played > 0) onPlayed();
    if (played === AT_ONCE_MAX) return 0;
    const next = await this.database.transaction([force], (client) => untilNextDue(client, force));
    return Math.min(LOOK_EVERY_MS, Math.max(HELD_ELSEWHERE_MS, next ?? LOOK_EVERY_MS));
  }

  private async playDue(client: PoolClient): Promise<number> {
    const { force } = this.options;
    const due = await dueRehearsals(client, force, AT_ONCE_MAX);
    if (due.length === 0) return 0;
    const played = due.map((rehearsal) => ({ requestId: rehearsal.requestId, ...this.playOne(rehearsal) }));
    const changes = played.flatMap((one) => one.changes);
    const strays = await projectChanges(client, force, changes, forceEventsTopic(force));
    if (strays.length > 0) throw new Error(`${strays.length} changes are of no request of ${force}`);
    await keepPlayed(
      client,
      force,
      played.map(({ next, ...one }) => ({ ...one, nextMs: this.msUntil(next) })),
    );
    return due.length;
  }

  private playOne(rehearsal: Rehearsal): Played {
    const type = this.types.get(`${rehearsal.type}/${rehearsal.version}`);
    const scenario = scenarioNamed(rehearsal.scenario);
    // Taken out of the definitions, or of the table, since it was stored: it stays as it is.
    if (!type || !scenario)
      return { changes: [], step: rehearsal.step, clocks: rehearsal.clocks, next: 'never' };
    return play(rehearsal, scenario, type);
  }

  private msUntil(next: Played['next']): number | null | 'as-before' {
    if (next === 'as-before') return next;
    return { soon: this.options.stepMs, late: this.options.stepMs * LATE, never: null }[next];
  }
}
