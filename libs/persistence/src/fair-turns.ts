/** The waiting calls of one lane, oldest first. */
type Queue = (() => void)[];

/**
 * Gives a fixed number of places to lanes in turn. A caller in an empty lane waits for one free place only,
 * even if many callers wait in another lane. Within a lane the oldest call is first.
 */
export class FairTurns {
  private readonly waiting = new Map<string, Queue>();
  private free: number;

  constructor(
    places: number,
    private readonly waitMsMax: number,
  ) {
    this.free = places;
  }

  /** Resolves when a place is free; the caller returns it with `give`. Rejects when none is free in time. */
  async take(lane: string): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    const queue = this.waiting.get(lane) ?? [];
    this.waiting.set(lane, queue);
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(turn), 1);
        if (queue.length === 0) this.waiting.delete(lane);
        // This is the pool's own error text, so the caller answers that the database is not available.
        reject(new Error('timeout exceeded when trying to connect'));
      }, this.waitMsMax);
      queue.push(turn);
    });
  }

  give(): void {
    const [first] = this.waiting;
    if (!first) {
      this.free += 1;
      return;
    }
    const [lane, queue] = first;
    const next = queue.shift();
    // The lane that was served moves to the end.
    this.waiting.delete(lane);
    if (queue.length > 0) this.waiting.set(lane, queue);
    next?.();
  }
}
