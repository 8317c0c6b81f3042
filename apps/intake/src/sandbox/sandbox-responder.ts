import { Logger } from '@nestjs/common';
import { forceEventsTopic } from '#contracts';
import { BackgroundLoop } from '#kernel';
import type { Database, PoolClient } from '#persistence';
import type { RequestType, UnitDefinition } from '#unit';
import { projectChanges } from '../answers/project-events/projection.store.ts';
import { play, type SandboxStep } from './play.ts';
import type { Rehearsal } from './rehearsal.ts';
import { dueRehearsals, storeSteps, untilNextDue } from './rehearsal.store.ts';
import { scenarioNamed } from './scenarios.ts';

const AT_ONCE_MAX = 100;
/** The longest wait for work that another replica left behind when it died. */
const LOOK_EVERY_MS = 30_000;
/** Overdue work that could not be locked is in the hands of another replica. */
const HELD_ELSEWHERE_MS = 100;
const AFTER_FAULT_MS = 2_000;
const LATE = 10;

/**
 * Replaces all units for one sandbox force: plays each of its requests by the scenario that its reference
 * names. Everything stays inside intake except the events on the sandbox's own topic. Every replica has one;
 * they share the work through the database.
 */
export class SandboxResponder {
  private readonly log = new Logger('sandbox');
  private readonly types: ReadonlyMap<string, RequestType>;
  private readonly loop = new BackgroundLoop({
    turn: () => this.look(),
    failed: (error) => {
      // Nothing is lost: the place in each script is as it was.
      this.log.warn('the sandbox cannot play its requests', {
        force: this.options.force,
        error: (error as Error).message,
      });
      return AFTER_FAULT_MS;
    },
  });

  constructor(
    private readonly database: Database,
    definitions: readonly UnitDefinition[],
    private readonly options: {
      readonly force: string;
      readonly stepMs: number;
      readonly onSteps: () => void;
    },
  ) {
    const types = definitions.flatMap(({ requestTypes }) => requestTypes);
    this.types = new Map(types.map((type) => [`${type.name}/${type.version}`, type]));
  }

  start(): void {
    this.loop.start();
  }

  /** Call this when something was stored for the sandbox. */
  nudge(): void {
    this.loop.nudge();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Plays the lines that are due, and returns the time until the next one. */
  private async look(): Promise<number> {
    const { force, onSteps } = this.options;
    const played = await this.database.transaction([force], (client) => this.playDue(client));
    if (played > 0) onSteps();
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
    if (strays.length > 0) throw new Error(`${strays.length} events name no request of ${force}`);
    await storeSteps(
      client,
      force,
      played.map(({ next, ...one }) => ({ ...one, nextMs: this.msUntil(next) })),
    );
    return due.length;
  }

  private playOne(rehearsal: Rehearsal): SandboxStep {
    const type = this.types.get(`${rehearsal.type}/${rehearsal.version}`);
    const scenario = scenarioNamed(rehearsal.scenario);
    // The type or the scenario was removed since the request was stored, so the request stays as it is.
    if (!type || !scenario)
      return { changes: [], step: rehearsal.step, clocks: rehearsal.clocks, next: 'never' };
    return play(rehearsal, scenario, type);
  }

  private msUntil(next: SandboxStep['next']): number | null | 'as-before' {
    if (next === 'as-before') return next;
    return { soon: this.options.stepMs, late: this.options.stepMs * LATE, never: null }[next];
  }
}
