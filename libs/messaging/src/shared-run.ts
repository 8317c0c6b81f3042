/**
 * One piece of work for many callers: whoever calls while it runs shares the next run, which begins after they called. Callers
 * of the same turn of the event loop share one.
 */
export class SharedRun {
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  /** Resolves after a run of the work that began after this call; rejects when that run failed. */
  run(work: () => Promise<void>): Promise<void> {
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
      .then(() => {
        this.running = this.next as Promise<void>;
        this.next = undefined;
        return work();
      });
    return this.next;
  }
}
