import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import type { Database } from './database.ts';
import { OLDEST_OPEN_TRANSACTION } from './open-transactions.sql.ts';

/** Looked for this often; one statement of no cost. */
const EVERY_MS = 3_000;
/** The same transaction is the oldest for this long before it is told: with the time between two looks, within ten seconds. */
const HELD_FOR_MS = 5_000;

/** What holds the window of the event log open: nothing that committed after it began is published, fed or delivered. */
interface Holder {
  /** The transaction, as PostgreSQL numbers it. */
  readonly transaction: string;
  /** `session 4711`, or `prepared transaction x`: what an administrator ends. */
  readonly holder: string;
  /** Exact for a prepared transaction; of a session the first look that met it, for its start is another role's secret. */
  readonly since: Date;
}

interface OpenTransaction {
  readonly transaction: string;
  readonly pid: number | null;
  readonly prepared: string | null;
  readonly since: Date | null;
  readonly database: string | null;
  readonly role: string | null;
  readonly application: string | null;
}

/**
 * Sees a transaction that stays open, in whichever database of the PostgreSQL and whoever's: an administrator's forgotten `begin`
 * stops what every service publishes. The log says whose it is, readiness which one and since when.
 */
export class OpenTransactionWatch {
  private readonly log = new Logger('open-transactions');
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      await this.look();
      return this.timing.every;
    },
    // The database's own check reports that it is away.
    failed: () => this.timing.every,
  });
  private oldest: { readonly transaction: string; readonly seenAt: number } | undefined;
  private held: Holder | undefined;

  constructor(
    private readonly database: Database,
    /** Milliseconds, for tests. */
    private readonly timing = { every: EVERY_MS, heldFor: HELD_FOR_MS },
  ) {}

  start(): void {
    this.loop.start(this.timing.every);
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Never a reason to be taken out of service: what is accepted is safe, and goes on when the transaction has ended. */
  health(): { name: string; check(): Promise<{ ok: boolean; detail?: string }> } {
    return {
      name: 'open-transactions',
      check: async () => {
        if (!this.held) return { ok: true };
        const { transaction, holder, since } = this.held;
        const what = `transaction ${transaction} (${holder}) is open, at the latest since ${since.toISOString()}`;
        return {
          ok: true,
          detail: `${what}: nothing that is newer is published until it ends; the log says whose it is`,
        };
      },
    };
  }

  private async look(): Promise<void> {
    const now = Date.now();
    const { rows } = await this.database.transaction([], (client) =>
      client.query<OpenTransaction>({ name: 'oldest-open-transaction', text: OLDEST_OPEN_TRANSACTION }),
    );
    const [oldest] = rows;
    if (oldest === undefined || oldest.transaction !== this.oldest?.transaction) {
      if (this.held)
        this.log.log(
          `transaction ${this.held.transaction} (${this.held.holder}) has ended: publishing goes on`,
        );
      this.held = undefined;
      this.oldest = oldest && { transaction: oldest.transaction, seenAt: now };
      return;
    }
    if (!this.held && now - this.oldest.seenAt >= this.timing.heldFor)
      this.tell(oldest, new Date(this.oldest.seenAt));
  }

  private tell(
    { transaction, pid, prepared, since, database, role, application }: OpenTransaction,
    seenAt: Date,
  ): void {
    const holder = prepared === null ? `session ${String(pid)}` : `prepared transaction ${prepared}`;
    this.held = { transaction, holder, since: since ?? seenAt };
    const end =
      prepared === null ? `select pg_terminate_backend(${String(pid)})` : `rollback prepared '${prepared}'`;
    this.log.warn(
      `transaction ${transaction} (${holder}) holds back what every service of this PostgreSQL publishes; to end it: ${end}`,
      {
        since: this.held.since.toISOString(),
        database,
        role,
        application,
      },
    );
  }
}
