import { performance } from 'node:perf_hooks';
import { Refusal } from '#contracts';

export interface SharedCommitsOptions<Item, Result> {
  /** Commits a batch; the results are in the order of the items. */
  readonly commit: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  /**
   * Two items that share a claim are never in flight at once: the later one waits for the earlier one's
   * commit.
   */
  readonly claimsOf: (item: Item) => readonly string[];
  /**
   * The sender of the item. Each owner has its own queue and limit, and the queues take turns. Owners never
   * share a claim.
   */
  readonly ownerOf: (item: Item) => string;
  /** The most items of one owner that wait or are in flight; one more is refused as busy. */
  readonly heldMax?: number;
  readonly batchMax?: number;
  /** The share of time, 0 to 1, that this process was busy since the last call. */
  readonly busyness?: () => number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly claims: readonly string[];
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** The items of one owner in this process. */
interface Lane<Item, Result> {
  waiting: Waiting<Item, Result>[];
  /** Counts items that wait or are in flight. */
  held: number;
}

/**
 * At 20,000 a second this limit is a tenth of a second of waiting. A higher one would only delay the answer.
 */
const HELD_MAX = 2_000;
const BATCH_MAX = 500;

/**
 * Items that arrive during a commit share the next one. There is no timer: an idle service commits at once,
 * and a busy one shares commits. While this process mostly waits for the disk, up to three batches are in
 * flight; a process that is itself the limit gains nothing from that and keeps to one.
 *
 * A batch takes one item of each owner in turn, so an owner waits for the running commit and never for
 * another owner's queue.
 */
export class SharedCommits<Item, Result> {
  private readonly lanes = new Map<string, Lane<Item, Result>>();
  private readonly claimed = new Set<string>();
  private readonly heldMax: number;
  private readonly batchMax: number;
  private readonly busyness: () => number;
  private inFlight = 0;
  private inFlightMax = 1;
  private woken = false;
  private settled: (() => void)[] = [];

  constructor(private readonly options: SharedCommitsOptions<Item, Result>) {
    this.heldMax = options.heldMax ?? HELD_MAX;
    this.batchMax = options.batchMax ?? BATCH_MAX;
    this.busyness = options.busyness ?? eventLoopBusyness();
  }

  /**
   * Resolves with the result of the item after its commit. Refused as `busy` if too many items of its owner
   * are held already.
   */
  submit(item: Item): Promise<Result> {
    const lane = this.laneOf(this.options.ownerOf(item));
    if (lane.held >= this.heldMax) {
      return Promise.reject(
        new Refusal(
          'busy',
          `${lane.held} submissions of your force are waiting already. Nothing was stored. Try again shortly.`,
        ),
      );
    }
    lane.held += 1;
    return new Promise((resolve, reject) => {
      lane.waiting.push({ item, claims: this.options.claimsOf(item), resolve, reject });
      this.wake();
    });
  }

  /** Resolves when no item is held any more. */
  async drained(): Promise<void> {
    if (this.lanes.size > 0) await new Promise<void>((resolve) => this.settled.push(resolve));
  }

  private laneOf(owner: string): Lane<Item, Result> {
    let lane = this.lanes.get(owner);
    if (lane === undefined) this.lanes.set(owner, (lane = { waiting: [], held: 0 }));
    return lane;
  }

  /** Runs once per turn of the event loop, so that requests read in the same turn go together. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.inFlight < this.inFlightMax) {
        const batch = this.nextBatch();
        if (batch.length === 0) break;
        void this.commitBatch(batch);
      }
    });
  }

  private nextBatch(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    let turns = [...this.lanes.values()].map((lane) => turnsOf(lane, this.claimed));
    while (turns.length > 0 && batch.length < this.batchMax) {
      turns = turns.filter((next) => {
        const entry = batch.length < this.batchMax ? next() : undefined;
        if (entry !== undefined) batch.push(entry);
        return entry !== undefined;
      });
    }
    const taken = new Set(batch);
    for (const lane of this.lanes.values()) lane.waiting = lane.waiting.filter((entry) => !taken.has(entry));
    this.rotate();
    return batch;
  }

  /** Another owner begins the next batch, because the first may get one item more than the last. */
  private rotate(): void {
    for (const [owner, lane] of this.lanes) {
      this.lanes.delete(owner);
      this.lanes.set(owner, lane);
      return;
    }
  }

  private async commitBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.inFlight += 1;
    try {
      const results = await this.options.commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, place) => {
        const result = results[place];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason ?? new Error('a commit returned no result for an item'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { claims } of batch) for (const claim of claims) this.claimed.delete(claim);
      this.inFlight -= 1;
      for (const { item } of batch) this.release(this.options.ownerOf(item));
      this.adapt();
      // Items that are not in flight wait for the end of this batch or another one.
      if (this.lanes.size > 0) this.wake();
      else for (const resolve of this.settled.splice(0)) resolve();
    }
  }

  private release(owner: string): void {
    const lane = this.laneOf(owner);
    lane.held -= 1;
    if (lane.held === 0) this.lanes.delete(owner);
  }

  private adapt(): void {
    const busy = this.busyness();
    this.inFlightMax = busy > 0.75 ? 1 : busy > 0.5 ? 2 : 3;
  }
}

/**
 * Returns, at each call, the next item of the owner whose claims are free, and claims them; undefined if
 * there is none.
 */
function turnsOf<Item, Result>(
  { waiting }: Lane<Item, Result>,
  claimed: Set<string>,
): () => Waiting<Item, Result> | undefined {
  /**
   * The claims of items that stay behind: an item that shares one of them waits too, so that order is kept.
   */
  const behind = new Set<string>();
  const entries = waiting.values();
  return () => {
    for (const entry of entries) {
      const free = !entry.claims.some((claim) => claimed.has(claim) || behind.has(claim));
      for (const claim of entry.claims) (free ? claimed : behind).add(claim);
      if (free) return entry;
    }
    return undefined;
  };
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
