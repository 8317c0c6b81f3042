import { WakeUp } from './wake-up.ts';

export interface LoopWork {
  /**
   * Looks for work, does it and returns how long to rest, in milliseconds; 0 goes on at once.
   * `nudged` is true when a nudge began this turn.
   */
  turn(nudged: boolean): Promise<number>;
  /** A turn failed: returns how long to wait before the next one, in milliseconds. It must not throw. */
  failed(error: unknown): number | Promise<number>;
}

/** Work that is done again and again beside the requests, until it is stopped. It never gives up. */
export class BackgroundLoop {
  private readonly rest = new WakeUp();
  private readonly wait = new WakeUp();
  private running: Promise<void> | undefined;
  private stopping = false;

  constructor(private readonly work: LoopWork) {}

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Begins the first turn after the given time. */
  start(afterMs = 0): void {
    this.running ??= this.run(afterMs);
  }

  /**
   * Ends a rest, because there may be work; a nudge during a turn begins the next one at once. The wait after
   * a fault goes on: new work does not end an outage.
   */
  nudge(): void {
    this.rest.call();
  }

  /** Begins no turn any more, ends a rest or wait, and resolves when the turn in hand has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.rest.call();
    this.wait.call();
    await this.running;
  }

  private async run(afterMs: number): Promise<void> {
    let nudged = await this.rest.sleep(afterMs);
    while (!this.stopping) {
      try {
        const restMs = await this.work.turn(nudged);
        nudged = restMs > 0 && (await this.rest.sleep(restMs));
      } catch (error) {
        nudged = false;
        await this.wait.sleep(await this.work.failed(error));
      }
    }
  }
}
