import type { ChildProgram } from '../measure/child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { BenchStack } from '../measure/stack.ts';
import { CONNECTIONS, referenceOf, SUBMISSION } from '../measure/work.ts';
import { ForceFeeds } from './force-feeds.ts';
import { Staff } from './staff.ts';
import { STAFFED } from './whole-life.ts';

/** Each force polls its feed, and a member of staff polls the queue, at these intervals. */
const FEED_EVERY_MS = 100;
const LOOK_EVERY_MS = 50;

/** Milliseconds from the due time of each request, in ascending order. */
export interface Delays {
  readonly acknowledged: { readonly p50: number; readonly p99: number };
  readonly visible: readonly number[];
  readonly delivered: readonly number[];
}

/** Whole lives at a given rate, however long the answers take (open load). */
export class LifeAtRate {
  private readonly bench: BenchStack;
  private readonly load: ChildProgram;
  private readonly staff: Staff;
  private readonly feeds: ForceFeeds;

  private constructor(bench: BenchStack, load: ChildProgram, feeds: ForceFeeds) {
    this.bench = bench;
    this.load = load;
    this.feeds = feeds;
    this.staff = new Staff(bench);
  }

  static async open(bench: BenchStack, load: ChildProgram): Promise<LifeAtRate> {
    return new LifeAtRate(bench, load, await ForceFeeds.open(bench));
  }

  /** Returns when all requests are delivered. The prefix has at most eight characters and must be unique. */
  async run(prefix: string, rate: number, seconds: number): Promise<Delays> {
    const requests = Math.max(1, Math.round(rate * seconds));
    const answeredAt = new Map<string, number>();
    await this.feeds.catchUp();
    const order = {
      port: Number(new URL(this.bench.run.urls.intake).port),
      path: '/v1/requests',
      headers: await this.feeds.headers(),
      body: SUBMISSION,
      prefix,
      connections: CONNECTIONS,
      requests,
      rate,
      recorded: true,
    };
    const { connections, batch } = STAFFED.workers;
    const [submitted, worked] = await Promise.all([
      this.load.ask<LoadResult>(order),
      this.staff.work({ connections, batch, requests, lookEveryMs: LOOK_EVERY_MS }),
      this.feeds.readAnswers(requests, {
        everyMs: FEED_EVERY_MS,
        onAnswer: (reference, at) => void answeredAt.set(reference, at),
      }),
    ]);
    if (submitted.firstRefusal) throw new Error(`intake: ${submitted.firstRefusal}`);
    const seenAt = new Map(worked.seenAt);
    const since = (moments: ReadonlyMap<string, number>): number[] =>
      (submitted.dueMs ?? [])
        .map((due, number) => {
          const at = moments.get(referenceOf(prefix, number));
          if (at === undefined)
            throw new Error(`${referenceOf(prefix, number)} was submitted but never seen`);
          return at - due;
        })
        .sort((left, right) => left - right);
    return {
      acknowledged: { p50: submitted.p50Ms, p99: submitted.p99Ms },
      visible: since(seenAt),
      delivered: since(answeredAt),
    };
  }

  end(): Promise<void> {
    return this.staff.end();
  }
}
