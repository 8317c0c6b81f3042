/** What one partition brings, and who waits for its effect. */
interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export interface SharedDeliveriesOptions<Item> {
  /** One transaction: all of the batch has its effect, or none of it. */
  readonly handle: (batch: readonly Item[]) => Promise<void>;
  /** Whether the same work may succeed later: then nobody's message is at fault. */
  readonly isTransient: (error: unknown) => boolean;
  /** Items in one transaction at most, unless one partition alone brings more. */
  readonly batchMax: number;
}

/** The next gathers while one is under way; a long backlog is worked by two at once. */
const IN_FLIGHT_MAX = 2;

/**
 * One fetch brings a batch of each partition, and a partition's share of a quiet topic is a handful of messages: six
 * transactions of ten cost nearly six times one of sixty. What partitions bring at the same time therefore has its effect together.
 * A batch that fails for a reason of its own is worked once more partition by partition, so that none fails for its neighbour's sake.
 */
export class SharedDeliveries<Item> {
  private waiting: Waiting<Item>[] = [];
  private inFlight = 0;
  private woken = false;

  constructor(private readonly options: SharedDeliveriesOptions<Item>) {}

  /** Resolves when these items, in this order, have had their effect. Of one partition only one call may be under way. */
  handle(items: readonly Item[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, resolve, reject });
      this.wake();
    });
  }

  /** Once per turn of the event loop: the partitions of one fetch come in the same turn. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.inFlight < IN_FLIGHT_MAX && this.waiting.length > 0) void this.carry(this.take());
    });
  }

  private take(): readonly Waiting<Item>[] {
    let size = 0;
    const end = this.waiting.findIndex(
      ({ items }, place) => (size += items.length) > this.options.batchMax && place > 0,
    );
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async carry(together: readonly Waiting<Item>[]): Promise<void> {
    this.inFlight += 1;
    try {
      await this.options.handle(together.flatMap(({ items }) => items));
      for (const { resolve } of together) resolve();
    } catch (error) {
      if (together.length === 1 || this.options.isTransient(error))
        for (const { reject } of together) reject(error);
      else
        for (const { items, resolve, reject } of together)
          await this.options.handle(items).then(resolve, reject);
    } finally {
      this.inFlight -= 1;
      if (this.waiting.length > 0) this.wake();
    }
  }
}
