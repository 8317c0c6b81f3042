import { Logger } from '@nestjs/common';
import { BackgroundLoop, HOUR_MS } from '#kernel';
import type { Database } from '#persistence';
import type { DeskConfig } from '../desk.config.ts';
import { FORGET_OLD_UNSENT } from '../drafts/unsent-texts.sql.ts';
import { FORGET_ABSENT } from '../presence/presence.sql.ts';

/** Typed text is kept for a week, which covers a person's days off; nobody has decided another time. */
const UNSENT_KEPT_HOURS = 7 * 24;

/** Removes, once an hour, typed text that nobody came back for, and people who left. */
export class TidyUp {
  private readonly log = new Logger('tidy-up');
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      await this.tidy();
      return HOUR_MS;
    },
    failed: (error) => {
      this.log.warn('old text could not be removed', { reason: String(error) });
      return HOUR_MS;
    },
  });

  constructor(
    private readonly database: Database,
    private readonly config: DeskConfig,
  ) {}

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async tidy(): Promise<void> {
    const forces = this.config.forces.map(({ slug }) => slug);
    await this.database.transaction(forces, async (client) => {
      await client.query({
        name: 'forget-old-unsent',
        text: FORGET_OLD_UNSENT,
        values: [forces, UNSENT_KEPT_HOURS],
      });
      await client.query({ name: 'forget-absent', text: FORGET_ABSENT });
    });
  }
}
