import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import type { Database } from './database.ts';
import { OLDEST_OPEN_TRANSACTION } from './open-transactions.sql.ts';

/** How often to look; the statement costs almost nothing. */
const EVERY_MS = 3_000;
/**
 * A transaction is reported after it was the oldest for this long. With the time between two looks, that is
 * within ten seconds.
 */
const HELD_FOR_MS = 5_000;

/**
 * The transaction that holds back the event log: events that committed after its start are not published or
 * delivered.
 */
interface Holder {
  /** The transaction id of PostgreSQL. */
  readonly transaction: string;
  /** The session or transaction that an administrator ends: `session 4711`, or `prepared transaction x`. */
  readonly holder: string;
  /**
   * Exact for a prepared transaction. For a session it is the time of the first look that found it, because
   * another role may not see its start.
   */
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
 * Finds a transaction that stays open, in any database of this PostgreSQL and of any role: an administrator's
 * forgotten `begin` stops what every service publishes. The log names its owner; readiness gives its id and
 * its time.
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
    /** Times in milliseconds; tests change them. */
    private readonly timing = { every: EVERY_MS, heldFor: HELD_FOR_MS },
  ) {}

  start(): void {
    this.loop.start(this.timing.every);
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Always ready: accepted requests are safe, and publishing continues when the transaction has ended. */
  health(): { name: string; check(): Promise<{ ok: boolean; detail?: string }> } {
    return {
      name: 'open-transactions',
      check: async () => {
        if (!this.held) return { ok: true };
        const { transaction, holder, since } = this.held;
        const text = `transaction ${transaction} (${holder}) is open, at the latest since ${since.toISOString()}`;
        return {
          ok: true,
          detail: `${text}: nothing that is newer is published until it ends; the log says whose it is`,
        };
      },
    };
  }

  private async look(): Promise<void> {
    const { rows } = await this.database.transaction([], (client) =>
      client.query<OpenTransaction>({ name: 'oldest-open-transaction', text: OLDEST_OPEN_TRANSACTION }),
    );
    // After the answer: the transaction may have begun while the question was on its way.
    const now = Date.now();
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
      this.report(oldest, new Date(this.oldest.seenAt));
  }

  private report(
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
