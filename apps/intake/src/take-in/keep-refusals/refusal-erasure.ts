import { Logger } from '@nestjs/common';
import { BackgroundLoop, DAY_MS } from '#kernel';
import type { Database } from '#persistence';
import { ERASE_BODIES, ERASED_AT_ONCE_MAX } from './refusal.sql.ts';

const LOOK_EVERY_MS = 600_000;
const AFTER_FAULT_MS = 60_000;

/**
 * Erases the bodies of one force's refusals that are too old. Returns how many; the caller repeats it while
 * there are more.
 */
export async function eraseBodies(database: Database, force: string, olderThanMs: number): Promise<number> {
  return database.transaction(
    [force],
    async (client) => (await client.query(ERASE_BODIES, [force, olderThanMs])).rows.length,
  );
}

/**
 * Erases bodies of refusals after a number of days. Every replica does so, and each body is erased by one of
 * them.
 */
export class RefusalErasure {
  private readonly log = new Logger('refusals');
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      for (const force of this.forces) await this.eraseAll(force);
      return LOOK_EVERY_MS;
    },
    failed: (error) => {
      this.log.warn('bodies of refusals cannot be erased', { error: (error as Error).message });
      return AFTER_FAULT_MS;
    },
  });

  constructor(
    private readonly database: Database,
    private readonly forces: readonly string[],
    /** Undefined if bodies are kept for ever. */
    private readonly keptDays: number | undefined,
  ) {}

  start(): void {
    if (this.keptDays !== undefined) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async eraseAll(force: string): Promise<void> {
    // The loop runs only if bodies are kept for a number of days.
    const olderThanMs = (this.keptDays as number) * DAY_MS;
    let erased = ERASED_AT_ONCE_MAX;
    while (erased === ERASED_AT_ONCE_MAX && !this.loop.isStopping) {
      erased = await eraseBodies(this.database, force, olderThanMs);
      if (erased > 0) this.log.log(`erased the bodies of refusals of ${force}`, { count: erased });
    }
  }
}
