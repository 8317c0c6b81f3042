import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer, Task } from '#client';
import type { RequestType } from '#unit';
import type { ForceSide, Submission } from '../outside/force-side.ts';
import type { Door, Entry, Journal } from './journal.ts';
import { pick, type Random } from './random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { StaffSide } from '../outside/staff-side.ts';

/** A request type under load. Every submission of it is the type's first example. */
export interface LoadType {
  readonly unit: string;
  readonly type: RequestType;
}

/** The pause between two attempts while a service is unavailable. */
const TRY_AGAIN_MS = 100;
const IDLE_MS = 50;
/** Limits the messages that wait for the broker, because they would grow without end while it is away. */
const PUBLISHING_MAX = 60;

/** Forces that submit over REST and Kafka, whatever happens, and record the promises in the journal. */
export class Load {
  private readonly underway = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private count = 0;
  private publishing = 0;
  private readonly answers = new Map<number, number>();
  private readonly faulty: string[] = [];
  /** The addresses for REST submissions. Undefined means intake itself. */
  private intakes: readonly (string | undefined)[] = [undefined];

  constructor(
    private readonly options: {
      readonly sides: readonly ForceSide[];
      readonly types: readonly LoadType[];
      readonly journal: Journal;
      readonly random: Random;
      readonly prefix: string;
      readonly perSecond: number;
    },
  ) {}

  start(): this {
    this.timer = setInterval(() => {
      const door = pick(this.options.random, ['rest', 'kafka'] as const);
      if (door === 'rest' || this.publishing < PUBLISHING_MAX) void this.submit(door);
    }, 1_000 / this.options.perSecond);
    return this;
  }

  /** Stops submitting and waits until every submission is acknowledged. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underway);
  }

  /** Submits more requests over REST, several at once, and waits until all are acknowledged. */
  async burst(count: number, atOnce: number): Promise<void> {
    let left = count;
    const one = async (): Promise<void> => {
      while (left-- > 0) await this.submit('rest');
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  /** Sends a share of the REST submissions to this replica of intake first. Call the result to stop that. */
  addIntake(url: string): () => void {
    this.intakes = [...this.intakes, url];
    return () => {
      this.intakes = this.intakes.filter((intake) => intake !== url);
    };
  }

  /** The number of REST answers with this status. */
  countOfAnswers(status: number): number {
    return this.answers.get(status) ?? 0;
  }

  /** The statuses of REST answers that no force should ever see. */
  faultyAnswers(): readonly string[] {
    return this.faulty;
  }

  /** The submission of a journal entry. */
  submissionOf({ type: name, reference }: Entry): Submission {
    const type = this.options.types.find((one) => one.type.name === name)?.type;
    return { type: name, reference, payload: type?.examples[0]?.payload ?? {} };
  }

  private countAnswer(answer: HttpAnswer): void {
    this.answers.set(answer.status, this.countOfAnswers(answer.status) + 1);
    if (isFaulty(answer)) this.faulty.push(String(answer.status));
  }

  private submit(door: Door): Promise<void> {
    const { sides, types, journal, random, prefix } = this.options;
    const side = pick(random, sides);
    const { unit, type } = pick(random, types);
    this.count += 1;
    const entry = journal.record({
      force: side.force,
      unit,
      type: type.name,
      reference: `${prefix}-${this.count}`,
      door,
    });
    const submission = this.submissionOf(entry);
    const work = (
      door === 'rest'
        ? this.submitOverRest(side, entry, submission)
        : this.submitOverKafka(side, entry, submission)
    ).finally(() => this.underway.delete(work));
    this.underway.add(work);
    return work;
  }

  /** Repeats the submission with the same key until it is accepted or refused, at each intake in turn. */
  private async submitOverRest(side: ForceSide, entry: Entry, submission: Submission): Promise<void> {
    for (let turn = this.count; ; turn += 1) {
      const intake = this.intakes[turn % this.intakes.length];
      const answer = await side.submit(submission, entry.reference, intake).catch(() => undefined);
      if (answer) this.countAnswer(answer);
      if (answer?.status === 201) {
        entry.acknowledgedAt = Date.now();
        entry.requestId = (answer.body as { id: string }).id;
        return;
      }
      // Only a refusal for business reasons is final. Technical problems tell the client to try again.
      if (answer && (answer.body as { kind?: string } | undefined)?.kind === 'business') {
        entry.refused = `${answer.status} ${JSON.stringify(answer.body)}`;
        return;
      }
      await pause(TRY_AGAIN_MS);
    }
  }

  /** Publishes the submission with the same message id until the broker confirms it. */
  private async submitOverKafka(side: ForceSide, entry: Entry, submission: Submission): Promise<void> {
    this.publishing += 1;
    for (;;) {
      try {
        await side.submitByKafka(submission, entry.reference);
        break;
      } catch {
        await pause(TRY_AGAIN_MS);
      }
    }
    this.publishing -= 1;
    entry.acknowledgedAt = Date.now();
  }
}

/** Returns whether an answer is a server error. A 503 that says when to try again is not one. */
export function isFaulty({ status, headers }: HttpAnswer): boolean {
  return status >= 500 && !(status === 503 && headers['retry-after'] !== undefined);
}

/**
 * Staff of every unit: each takes the most urgent request, answers it and takes the next, also after a crash.
 */
export class AutomaticStaff {
  private stopping = false;
  private working: Promise<unknown> = Promise.resolve();
  /** The newest refusal of a command for a reason other than a changed version. */
  lastRefusal = '';

  constructor(
    private readonly system: RunningSystem,
    private readonly types: readonly LoadType[],
  ) {}

  start(): this {
    const units = [...new Set(this.types.map(({ unit }) => unit))];
    this.working = Promise.all(
      units.flatMap((unit) => [
        this.work(unit, 'caseworker'),
        this.work(unit, 'caseworker-2'),
        this.decide(unit),
      ]),
    );
    return this;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  private async work(unit: string, who: string): Promise<void> {
    const desk = new StaffSide(unit, this.system);
    const names = this.types.filter((one) => one.unit === unit).map(({ type }) => type.name);
    await this.repeat(async () => {
      // A lost answer may have left a claimed request, so the person looks for that first.
      const task =
        (await desk.listClaimed(who)).find(({ type }) => names.includes(type)) ??
        (await desk.next(who, names));
      return task ? this.finish(desk, who, task) : false;
    });
  }

  private async finish(desk: StaffSide, who: string, task: Task): Promise<boolean> {
    const type = this.types.find((one) => one.type.name === task.type)?.type;
    const command = type?.decision === 'one-person' ? 'answer' : 'propose';
    return this.isDone(await desk.ask(who, task, command, { answer: { ...type?.examples[0]?.answer } }));
  }

  /** Confirms answers as the second person, if a request type of the unit requires one. */
  private async decide(unit: string): Promise<void> {
    if (!this.types.some((one) => one.unit === unit && one.type.decision !== 'one-person')) return;
    const desk = new StaffSide(unit, this.system);
    await this.repeat(async () => {
      const waiting = await desk.listAwaitingDecision();
      for (const task of waiting) this.isDone(await desk.ask('decision-maker', task, 'confirm'));
      return waiting.length > 0;
    });
  }

  private async repeat(work: () => Promise<boolean>): Promise<void> {
    while (!this.stopping) {
      const worked = await work().catch(() => false);
      if (!worked) await pause(IDLE_MS);
    }
  }

  /** Returns whether the command was done. After a version conflict, the next loop tries again. */
  private isDone(answer: HttpAnswer): boolean {
    if (answer.status >= 400 && answer.status < 500 && ![409, 412].includes(answer.status))
      this.lastRefusal = JSON.stringify(answer.body);
    return answer.status < 300;
  }
}
