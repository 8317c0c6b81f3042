/** The items of one partition, and the caller that waits for their effect. */
interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export interface SharedDeliveriesOptions<Item> {
  /** Handles the batch in one transaction: either all of it takes effect, or nothing does. */
  readonly handle: (batch: readonly Item[]) => Promise<void>;
  /** True if the same work may succeed later. No message is faulty then. */
  readonly isTransient: (error: unknown) => boolean;
  /** The most items of one transaction, unless one partition alone has more. */
  readonly batchMax: number;
}

/** The next run gathers while one is under way. Two run at once during a long backlog. */
const IN_FLIGHT_MAX = 2;

/**
 * Handles the batches of several partitions in one transaction. On a quiet topic each partition brings a
 * handful of messages, and six transactions of ten cost nearly six times one of sixty. If the shared
 * transaction fails, each partition is handled alone, so that no partition fails because of another.
 */
export class SharedDeliveries<Item> {
  private waiting: Waiting<Item>[] = [];
  private inFlight = 0;
  private woken = false;

  constructor(private readonly options: SharedDeliveriesOptions<Item>) {}

  /**
   * Resolves when these items have taken effect, in order. Each partition may have only one call under way.
   */
  handle(items: readonly Item[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, resolve, reject });
      this.wake();
    });
  }

  /** Runs once per turn of the event loop, because the partitions of one fetch come in the same turn. */
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
