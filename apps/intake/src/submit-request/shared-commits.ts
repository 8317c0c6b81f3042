import { performance } from 'node:perf_hooks';
import { Refusal } from '#contracts';

export interface SharedCommitsOptions<Item, Result> {
  /** Commits a batch; the results stand in the order of the items. */
  readonly commit: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  /** Two items that share a claim are never in flight at once: the later one waits for the earlier one's commit. */
  readonly claimsOf: (item: Item) => readonly string[];
  /** Items waiting or in flight; one more is refused as busy. */
  readonly heldMax?: number;
  readonly batchMax?: number;
  /** Share of time, 0 to 1, that this process was busy since it was last asked. */
  readonly busyness?: () => number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly claims: readonly string[];
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** At 20,000 a second this is a tenth of a second of waiting: more would only make the answer later. */
const HELD_MAX = 2_000;
const BATCH_MAX = 500;

/**
 * Natural batching: what gathers while a commit is under way shares the next one. There is no timer: an idle service
 * commits at once, a busy one shares. While this process waits for the disk more than it works, up to three batches
 * are in flight; a process that is itself the limit gains nothing from that and keeps to one.
 */
export class SharedCommits<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private readonly claimed = new Set<string>();
  private readonly heldMax: number;
  private readonly batchMax: number;
  private readonly busyness: () => number;
  private held = 0;
  private inFlight = 0;
  private inFlightMax = 1;
  private woken = false;
  private settled: (() => void)[] = [];

  constructor(private readonly options: SharedCommitsOptions<Item, Result>) {
    this.heldMax = options.heldMax ?? HELD_MAX;
    this.batchMax = options.batchMax ?? BATCH_MAX;
    this.busyness = options.busyness ?? eventLoopBusyness();
  }

  /** The result of the item, after its commit. Refused as `busy` when too much is held already. */
  submit(item: Item): Promise<Result> {
    if (this.held >= this.heldMax) {
      return Promise.reject(new Refusal('busy', `${this.held} submissions are waiting; nothing was stored. Try again shortly.`));
    }
    this.held += 1;
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, claims: this.options.claimsOf(item), resolve, reject });
      this.wake();
    });
  }

  /** Resolves when nothing is held any more. */
  async drained(): Promise<void> {
    if (this.held > 0) await new Promise<void>((resolve) => this.settled.push(resolve));
  }

  /** Once per turn of the event loop, so that requests read in the same turn go together. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.inFlight < this.inFlightMax) {
        const batch = this.take();
        if (batch.length === 0) break;
        void this.carry(batch);
      }
    });
  }

  private take(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    /** Claims of those left waiting: what shares one waits behind them, in order. */
    const behind = new Set<string>();
    for (const entry of this.waiting) {
      const free = batch.length < this.batchMax && !entry.claims.some((claim) => this.claimed.has(claim) || behind.has(claim));
      if (free) for (const claim of entry.claims) this.claimed.add(claim);
      else for (const claim of entry.claims) behind.add(claim);
      (free ? batch : later).push(entry);
    }
    this.waiting = later;
    return batch;
  }

  private async carry(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.inFlight += 1;
    try {
      const results = await this.options.commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, place) => {
        const result = results[place];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason ?? new Error('a commit gave no result for an item'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { claims } of batch) for (const claim of claims) this.claimed.delete(claim);
      this.inFlight -= 1;
      this.held -= batch.length;
      this.adapt();
      if (this.waiting.length > 0) this.wake();
      if (this.held === 0) for (const resolve of this.settled.splice(0)) resolve();
    }
  }

  private adapt(): void {
    const busy = this.busyness();
    this.inFlightMax = busy > 0.75 ? 1 : busy > 0.5 ? 2 : 3;
  }
}

function eventLoopBusyness(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
