/** Those of one lane that wait, first come first served. */
type Queue = (() => void)[];

/**
 * A number of places, given to lanes in turn: who waits in a lane of its own waits for one place to be free, however many
 * wait in another. Within a lane, first come first served.
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

  /** Resolves with a place, to be given back; rejects when none was free in time. */
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
        // The pool's own words: whoever asks is told that the database is not available.
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
    // The lane that was served goes to the end.
    this.waiting.delete(lane);
    if (queue.length > 0) this.waiting.set(lane, queue);
    next?.();
  }
}
