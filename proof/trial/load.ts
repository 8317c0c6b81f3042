import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer, Task } from '#client';
import type { RequestType } from '#unit';
import type { ForceSide, Submission } from '../outside/force-side.ts';
import type { Door, Entry, Journal } from './journal.ts';
import { pick, type Random } from './random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { StaffSide } from '../outside/staff-side.ts';

/** One kind of work under load: the first example of a type, over and over. */
export interface LoadType {
  readonly unit: string;
  readonly type: RequestType;
}

/** Between two tries while a part is away. */
const TRY_AGAIN_MS = 100;
const IDLE_MS = 50;
/** What waits for the broker's word at a time: a force without an answer does not go on sending without end. */
const PUBLISHING_MAX = 60;

/** Forces that go on submitting by both doors, whatever happens to the system, and write down what they were promised. */
export class Load {
  private readonly underway = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private count = 0;
  private publishing = 0;
  private readonly answers = new Map<number, number>();
  private readonly faulty: string[] = [];
  /** Where REST is offered; undefined is intake itself. */
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

  /** Ends when everything that was begun has been acknowledged. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underway);
  }

  /** So many more by REST, so many at once; ends when all are acknowledged. */
  async burst(count: number, atOnce: number): Promise<void> {
    let left = count;
    const one = async (): Promise<void> => {
      while (left-- > 0) await this.submit('rest');
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  /** Until the call that this returns, every other submission by REST is first tried at this replica of intake. */
  alsoAt(url: string): () => void {
    this.intakes = [...this.intakes, url];
    return () => {
      this.intakes = this.intakes.filter((intake) => intake !== url);
    };
  }

  /** How often REST answered by this status. */
  answersWith(status: number): number {
    return this.answers.get(status) ?? 0;
  }

  /** The statuses of REST's answers that no force should ever see. */
  faultyAnswers(): readonly string[] {
    return this.faulty;
  }

  /** What was sent under an entry of the journal. */
  submissionOf({ type: name, reference }: Entry): Submission {
    const type = this.options.types.find((one) => one.type.name === name)?.type;
    return { type: name, reference, payload: type?.examples[0]?.payload ?? {} };
  }

  private note(answer: HttpAnswer): void {
    this.answers.set(answer.status, this.answersWith(answer.status) + 1);
    if (isFaulty(answer)) this.faulty.push(String(answer.status));
  }

  private submit(door: Door): Promise<void> {
    const { sides, types, journal, random, prefix } = this.options;
    const side = pick(random, sides);
    const { unit, type } = pick(random, types);
    this.count += 1;
    const entry = journal.mean({
      force: side.force,
      unit,
      type: type.name,
      reference: `${prefix}-${this.count}`,
      door,
    });
    const submission = this.submissionOf(entry);
    const work = (
      door === 'rest' ? this.byRest(side, entry, submission) : this.byKafka(side, entry, submission)
    ).finally(() => this.underway.delete(work));
    this.underway.add(work);
    return work;
  }

  /** Until the door says something definite: the same key each time, at each intake in turn. */
  private async byRest(side: ForceSide, entry: Entry, submission: Submission): Promise<void> {
    for (let turn = this.count; ; turn += 1) {
      const intake = this.intakes[turn % this.intakes.length];
      const answer = await side.submit(submission, entry.reference, intake).catch(() => undefined);
      if (answer) this.note(answer);
      if (answer?.status === 201) {
        entry.acknowledgedAt = Date.now();
        entry.requestId = (answer.body as { id: string }).id;
        return;
      }
      // What the system alone is to blame for, or is busy with, is tried again, as its problems say.
      if (answer && (answer.body as { kind?: string } | undefined)?.kind === 'business') {
        entry.refused = `${answer.status} ${JSON.stringify(answer.body)}`;
        return;
      }
      await pause(TRY_AGAIN_MS);
    }
  }

  /** Until the broker has it: the same message id each time. */
  private async byKafka(side: ForceSide, entry: Entry, submission: Submission): Promise<void> {
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

/** A fault of ours, or a refusal that does not say when to come again. */
export function isFaulty({ status, headers }: HttpAnswer): boolean {
  return status >= 500 && !(status === 503 && headers['retry-after'] !== undefined);
}

/** Staff of every unit who take the most urgent request, answer it and take the next, and begin again where a crash left them. */
export class AutomaticStaff {
  private stopping = false;
  private working: Promise<unknown> = Promise.resolve();
  /** Why a request could not be worked, when the system itself was well: the newest only. */
  lastFault = '';

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
    await this.round(async () => {
      // First what a lost answer left in hand.
      const task =
        (await desk.mine(who)).find(({ type }) => names.includes(type)) ?? (await desk.next(who, names));
      return task ? this.finish(desk, who, task) : false;
    });
  }

  private async finish(desk: StaffSide, who: string, task: Task): Promise<boolean> {
    const type = this.types.find((one) => one.type.name === task.type)?.type;
    const command = type?.decision === 'one-person' ? 'answer' : 'propose';
    return this.done(await desk.ask(who, task, command, { answer: type?.examples[0]?.answer }));
  }

  /** The second person, where a type wants one. */
  private async decide(unit: string): Promise<void> {
    if (!this.types.some((one) => one.unit === unit && one.type.decision !== 'one-person')) return;
    const desk = new StaffSide(unit, this.system);
    await this.round(async () => {
      const waiting = await desk.waitingForDecision();
      for (const task of waiting) this.done(await desk.ask('decision-maker', task, 'confirm'));
      return waiting.length > 0;
    });
  }

  private async round(work: () => Promise<boolean>): Promise<void> {
    while (!this.stopping) {
      const worked = await work().catch(() => false);
      if (!worked) await pause(IDLE_MS);
    }
  }

  /** What another version or a lost answer explains is looked at again in the next round. */
  private done(answer: HttpAnswer): boolean {
    if (answer.status >= 400 && answer.status < 500 && ![409, 412].includes(answer.status))
      this.lastFault = JSON.stringify(answer.body);
    return answer.status < 300;
  }
}
