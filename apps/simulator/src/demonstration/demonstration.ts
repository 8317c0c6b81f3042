import { Refused, type Request, type RetryLimits, type Submission } from '#client';
import { newId } from '#kernel';
import { followEvents, ForceKafka, type ForceEvent } from '../attach/force-kafka.ts';
import { forceSystem, type ForceSystem } from '../attach/force-system.ts';
import type { RunningStack } from '#client';
import type { InventedWork } from '../work/invented-work.ts';
import type { Habits } from '../work/staff-at-work.ts';
import { differences, reached, unitCounts, type Difference, type UnitCounts } from './reconcile.ts';
import { endEntry, RunSheet, type RunEntry } from './run-sheet.ts';
import { StaffOnCall } from './staff-on-call.ts';
import { setTimeout as pause } from 'node:timers/promises';

/** With these habits, questions, holds, second persons and refusals all occur within a hundred requests. */
const HABITS: Habits = { hold: 8, ask: 12, decline: 4, return: 10 };
const SENDERS_PER_FORCE = 4;
const OPENINGS_MAX = 10;

interface Force extends ForceSystem {
  readonly kafka: ForceKafka;
}

/**
 * A bounded run on a running system. It adds its own requests, lets staff work on them, and accounts for
 * them.
 */
export class Demonstration {
  readonly sheet = new RunSheet();
  /** Errors that no run should have. They are printed, and the run fails. */
  readonly faults: string[] = [];
  private readonly forces = new Map<string, Force>();
  private readonly since = new Map<string, { receivedAt: string; before: ReadonlyMap<string, UnitCounts> }>();
  private readonly staff: StaffOnCall;
  private readonly underway = new Set<Promise<void>>();
  private readers: { close(): Promise<void> }[] = [];
  private readonly run = newId().slice(-8);

  constructor(
    private readonly stack: RunningStack,
    private readonly invented: InventedWork,
    private readonly limits: RetryLimits,
  ) {
    this.staff = new StaffOnCall(stack, invented, HABITS);
  }

  /** Connects every force by REST and Kafka, and waits until each force receives its own events. */
  async open(): Promise<void> {
    for (const force of Object.keys(this.stack.forces)) {
      const system = forceSystem(force, this.stack, this.limits);
      this.forces.set(force, { ...system, kafka: await ForceKafka.connect(force, this.stack) });
      this.readers.push(await followEvents(force, this.stack, 'demo', (event) => this.hear(force, event)));
    }
    await Promise.all([...this.forces.keys()].map((force) => this.openForce(force)));
  }

  /** Sends more requests, spread over forces, types and channels, and a few that must be refused. */
  async submit(requests: number): Promise<void> {
    const types = [...this.invented.typesByUnit].flatMap(([, all]) => all);
    const forces = [...this.forces.keys()];
    let next = 0;
    const sender = async (): Promise<void> => {
      for (let number = next++; number < requests; number = next++) {
        const force = forces[number % forces.length] as string;
        const type = types[Math.floor(number / forces.length) % types.length] as { name: string };
        await this.send(
          force,
          this.invented.request(new Date(), type.name),
          number % 2 === 0 ? 'rest' : 'kafka',
        );
      }
    };
    await Promise.all(Array.from({ length: SENDERS_PER_FORCE * forces.length }, sender));
    for (const force of forces) await this.sendRefusable(force);
  }

  /** Waits until every request has ended; false if nothing has moved for the given time. */
  async settle(withoutProgressMs: number): Promise<boolean> {
    let best = Infinity;
    let since = performance.now();
    for (;;) {
      await Promise.all(this.underway);
      const { unfinished } = this.sheet;
      if (unfinished === 0) return true;
      if (unfinished < best) [best, since] = [unfinished, performance.now()];
      if (performance.now() - since > withoutProgressMs) return false;
      await pause(50);
    }
  }

  /**
   * Returns no difference if intake's list and the units' counts agree; messages on their way get time to
   * arrive.
   */
  async reconcile(withinMs: number): Promise<Difference[]> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const found = await differences([...this.forces.values()], this.staff.readers, this.since);
      if (found.length === 0 || performance.now() > deadline) return found;
      await pause(300);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.readers.map((reader) => reader.close()));
    this.readers = [];
    for (const { kafka } of this.forces.values()) await kafka.close();
    this.staff.close();
  }

  /**
   * The account begins at the force's first request: units are counted before it, and intake's list is read
   * from it. If other requests arrive in between, it begins at a later one.
   */
  private async openForce(force: string): Promise<void> {
    const total = (counts: ReadonlyMap<string, UnitCounts>): number =>
      [...counts]
        .filter(([key]) => key.startsWith(`${force} `))
        .reduce((sum, [, unit]) => sum + reached(unit), 0);
    for (let opening = 1; opening <= OPENINGS_MAX; opening += 1) {
      const before = await unitCounts(this.staff.readers);
      const { entry, view } = await this.send(force, this.invented.request(new Date()), 'rest');
      if (!view) throw new Error(`${force}'s first request was refused: ${entry.why ?? ''}`);
      const deadline = performance.now() + this.limits.giveUpAfterMs;
      while (entry.queuedAt === undefined) {
        if (performance.now() > deadline)
          throw new Error(`${force} heard nothing of its first request on its own topic`);
        await pause(20);
      }
      this.since.set(force, { receivedAt: view.receivedAt, before });
      if (total(await unitCounts(this.staff.readers)) - total(before) === 1) return;
    }
    throw new Error(
      `${force}: other requests kept arriving; stop whatever sends them in bulk, then run the demonstration again`,
    );
  }

  private async send(
    force: string,
    { unit, type, payload }: { unit: string; type: string; payload: Readonly<Record<string, unknown>> },
    channel: 'rest' | 'kafka',
    { reference = `DEMO-${this.run}-${newId().slice(-12)}`, mustBeRefused = false } = {},
  ): Promise<{ entry: RunEntry; view?: Request }> {
    const { rest, kafka } = this.forces.get(force) as Force;
    const messageId = newId();
    const entry = this.sheet.begin({ force, unit, type, reference, channel, mustBeRefused }, messageId);
    const submission = { type, reference, payload, origin: `demonstration ${this.run}` };
    if (channel === 'kafka') {
      await kafka.submit(submission, messageId);
      entry.ackMs = performance.now() - entry.sentAt;
      return { entry };
    }
    try {
      const { request } = await rest.submit(submission as Submission, { key: messageId });
      return { entry, view: request };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      endEntry(entry, 'refused', error.code);
      return { entry };
    } finally {
      entry.ackMs = performance.now() - entry.sentAt;
    }
  }

  /**
   * Sends one of each: work that is never shared, an invalid payload, and different content under a known
   * reference.
   */
  private async sendRefusable(force: string): Promise<void> {
    const { unit, type, payload } = this.invented.request(new Date());
    const refused = { mustBeRefused: true };
    await this.send(force, { unit: 'none', type: 'incident-response', payload: {} }, 'rest', refused);
    await this.send(force, { unit, type, payload: { ...payload, anUnknownField: true } }, 'kafka', refused);
    const first = await this.send(force, { unit, type, payload }, 'rest');
    const other = this.invented.request(new Date(), 'vehicle-repair');
    if (first.view) await this.send(force, other, 'kafka', { ...refused, reference: first.entry.reference });
  }

  private hear(force: string, event: ForceEvent): void {
    const entry = this.sheet.find(force, event);
    if (!entry) return;
    const act = (work: Promise<void>): void => {
      const tracked = work
        .catch(
          (error: unknown) =>
            void this.faults.push(`${entry.unit} ${entry.reference}: ${(error as Error).message}`),
        )
        .finally(() => this.underway.delete(tracked));
      this.underway.add(tracked);
    };
    const id = event.requestId as string;
    switch (event.type) {
      case 'concordat.request-refused.v1':
        return endEntry(entry, 'refused', event.problem?.code);
      case 'concordat.request-queued.v1':
        if (entry.queuedAt !== undefined) return;
        entry.queuedAt = performance.now();
        return act(this.staff.takeUp(entry.unit, id));
      case 'concordat.question-asked.v1':
        return act(this.reply(entry, event.sequence as number));
      case 'concordat.reply-received.v1':
      case 'concordat.decision-returned.v1':
        return act(this.staff.goOn(id));
      case 'concordat.decision-proposed.v1':
        return act(this.staff.decide(entry.unit, id));
      case 'concordat.request-answered.v1':
        return endEntry(entry, 'answered');
      case 'concordat.request-declined.v1':
        return endEntry(entry, 'declined');
    }
  }

  /** Replies over the channel that the request came by. */
  private async reply(entry: RunEntry, questionVersion: number): Promise<void> {
    const { rest, kafka } = this.forces.get(entry.force) as Force;
    const requestId = entry.requestId as string;
    const message = 'Confirmed, as given.';
    if (entry.channel === 'kafka') return kafka.reply(requestId, message, questionVersion);
    try {
      await rest.send(requestId, 'reply', { message, questionVersion });
    } catch (error) {
      // Another system of the force, such as the running simulator, replied first (409), or the question was
      // replaced (412).
      if (!(error instanceof Refused && [409, 412].includes(error.status))) throw error;
    }
  }
}
