/**
 * One piece of work for many callers. Callers share the next run, which begins after their call; callers of
 * the same turn of the event loop share one run.
 */
export class SharedRun {
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  /** Resolves after a run that began after this call. Rejects if that run failed. */
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
