import type { PoolClient } from 'pg';
import {
  envelopeHeaders,
  type OutboxBatch,
  type OutboxRow,
  type OutboxSource,
  type UnsentRows,
} from '#contracts';
import {
  CONFIRM,
  COUNT_UNSENT,
  NEXT_WAITING,
  OPEN_WINDOW,
  pageSql,
  SENT_AFTER_ALL,
  SET_ASIDE,
} from './event-log.outbox.sql.ts';
import { refuseUnsafeNames, type Database } from './database.ts';

export interface OutboxOptions {
  /** Every force of the deployment. The relay publishes their events; row security hides all others. */
  readonly forces: readonly string[];
}

interface EventRow {
  position: string;
  event_id: string;
  source: string;
  type: string;
  time: Date;
  request_id: string | null;
  owning_force: string;
  traceparent: string | null;
  topic: string;
  key: string | null;
  data: string;
}

/**
 * The window holds the rows with low <= xid < high. Rows after position `last` are still to be read; `to` is
 * its highest position.
 */
interface Window {
  low: string;
  high: string;
  last: string;
  to: string;
}

/**
 * Key of the advisory lock. Any number works if all replicas of a service use the same; locks are per
 * database.
 */
const RELAY_LOCK = 0x636f6e63;
/** A leader that is silent for this long (stopped, cut off) loses its session, and with it the lead. */
const SILENCE_MS_MAX = 30_000;
const EMPTY: OutboxBatch = { rows: [], confirm: async () => undefined };

/**
 * Reads the event log as an outbox: windows of transactions that have all ended, each in order of position.
 *
 * Positions are assigned before the commit, so reading "position > last" would skip rows that commit late. A
 * window ends at the oldest transaction that is still running, so no row can appear below its end. Two events
 * of one request keep their order: the later writer waits for the request's row, so its event has a higher
 * position in the same window or is in a later window. Limit: a transaction that is left open anywhere in the
 * same PostgreSQL stops the window's end, and with it publishing.
 */
export class PostgresOutbox implements OutboxSource {
  private client: PoolClient | undefined;
  private lost: Error | undefined;
  private window: Window = { low: '0', high: '0', last: '0', to: '0' };
  /** The connection runs one statement at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly options: OutboxOptions,
  ) {
    refuseUnsafeNames(options.forces);
  }

  /** Tries to take the lead among the service's replicas; false when another replica has it. */
  async lead(): Promise<boolean> {
    if (this.client && !this.lost) return true;
    await this.release();
    const client = await this.database.connect();
    const onLost = (error: Error): void => void (this.lost = error);
    client.on('error', onLost);
    try {
      const { rows } = await client.query<{ led: boolean }>('select pg_try_advisory_lock($1) as led', [
        RELAY_LOCK,
      ]);
      if (!rows[0]?.led) {
        client.off('error', onLost);
        client.release();
        return false;
      }
      // These settings hold for the whole session: the connection does nothing else and is closed when the
      // lead ends. A lost confirmation only causes a repeat, so it need not wait for the disk.
      await client.query(
        `set concordat.forces = '${this.options.forces.join(',')}'; set synchronous_commit = off; set idle_session_timeout = ${SILENCE_MS_MAX}`,
      );
      this.lost = undefined;
      this.client = client;
      await this.rewind();
      return true;
    } catch (error) {
      this.client = undefined;
      client.release(true);
      throw error;
    }
  }

  /** Returns the next events, oldest first; no rows when all events that can be published have been read. */
  async next(limit: number): Promise<OutboxBatch> {
    return this.inTurn(async (client) => {
      const page = await this.page(client, limit);
      if (page.length > 0) return this.batch(page, limit);
      if (!(await this.openWindow(client))) return EMPTY;
      const first = await this.page(client, limit);
      return first.length > 0 ? this.batch(first, limit) : EMPTY;
    });
  }

  /** Returns to the last confirmed batch, after a failure. */
  async rewind(): Promise<void> {
    await this.inTurn(async (client) => {
      const { rows } = await client.query<{ low: string; high: string; last: string }>(
        'select low_xid as low, high_xid as high, last_position as last from relay_cursor',
      );
      const cursor = rows[0];
      if (!cursor) throw new Error('relay_cursor has no row; run the migrations');
      this.window = { ...cursor, to: '9223372036854775807' };
    });
  }

  /**
   * Stores that the broker refused these events: for good, or until it accepts their topic again. This is
   * written before the cursor moves past them, on the same connection, so no crash loses an event. A second
   * call changes only the reason.
   */
  async setAside(
    rows: readonly OutboxRow[],
    { reason, waits }: { readonly reason: string; readonly waits: boolean },
  ): Promise<void> {
    if (rows.length === 0) return;
    await this.inTurn(async (client) => {
      await client.query({
        name: 'outbox-set-aside',
        text: SET_ASIDE,
        values: [...named(rows), reason, waits],
      });
    });
  }

  async unsent(): Promise<UnsentRows> {
    return this.inTurn(async (client) => {
      const { rows } = await client.query<{ topic: string; reason: string; waits: boolean; count: number }>(
        COUNT_UNSENT,
      );
      const never = rows.filter(({ waits }) => !waits).reduce((sum, { count }) => sum + count, 0);
      return {
        never,
        waiting: rows.filter(({ waits }) => waits).map(({ topic, reason }) => ({ topic, reason })),
      };
    });
  }

  /**
   * Returns the oldest events that wait for a topic, by position: the later of two events with one key always
   * has the higher position.
   */
  async nextWaiting(topic: string, limit: number): Promise<OutboxBatch> {
    return this.inTurn(async (client) => {
      const { rows } = await client.query<EventRow>({
        name: 'outbox-waiting',
        text: NEXT_WAITING,
        values: [topic, limit],
      });
      const waiting = rows.map(publishable);
      return { rows: waiting, confirm: () => this.sentAfterAll(waiting) };
    });
  }

  /**
   * Gives up the lead. The connection is closed and not reused, because it carries the lock and the session's
   * settings.
   */
  async release(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.lost = undefined;
    await this.turn.catch(() => undefined);
    client?.release(true);
  }

  private async page(client: PoolClient, limit: number): Promise<EventRow[]> {
    const { low, high, last, to } = this.window;
    if (low === high || last === to) return [];
    const { rows } = await client.query<EventRow>({
      name: `outbox-page-${limit}`,
      text: pageSql(limit),
      values: [last, to, low, high],
    });
    return rows;
  }

  /** Moves on to the transactions that have ended since; false when none of them wrote an event. */
  private async openWindow(client: PoolClient): Promise<boolean> {
    const low = this.window.high;
    const { rows } = await client.query<{ high: string; first: string | null; to: string | null }>({
      name: 'outbox-window',
      text: OPEN_WINDOW,
      values: [low],
    });
    const opened = rows[0];
    if (!opened) return false;
    this.window = { low, high: opened.high, last: opened.first ?? '0', to: opened.to ?? '0' };
    if (opened.first === null) this.window = { low: opened.high, high: opened.high, last: '0', to: '0' };
    return opened.first !== null;
  }

  private batch(rows: readonly EventRow[], limit: number): OutboxBatch {
    const { low, high, to } = this.window;
    const last = rows.length < limit ? to : (rows.at(-1) as EventRow).position;
    this.window = { low, high, last, to };
    return {
      rows: rows.map(publishable),
      confirm: () =>
        this.inTurn(async (client) => {
          await client.query({
            name: 'outbox-confirm',
            text: CONFIRM,
            values: [low, high, last],
          });
        }),
    };
  }

  private async sentAfterAll(rows: readonly OutboxRow[]): Promise<void> {
    await this.inTurn(async (client) => {
      await client.query({
        name: 'outbox-sent-after-all',
        text: SENT_AFTER_ALL,
        values: named(rows),
      });
    });
  }

  private async inTurn<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const mine = this.turn.then(async () => {
      if (this.lost) throw this.lost;
      if (!this.client) throw new Error('connection ended: this replica does not lead the relay');
      return work(this.client);
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

function publishable(row: EventRow): OutboxRow {
  return {
    key: row.key,
    topic: row.topic,
    headers: envelopeHeaders({
      id: row.event_id,
      source: row.source,
      type: row.type,
      time: row.time.toISOString(),
      owningForce: row.owning_force,
      ...(row.request_id !== null && { subject: row.request_id }),
      ...(row.traceparent !== null && { traceparent: row.traceparent }),
    }),
    value: row.data,
  };
}

/** Returns the owners and ids, as the headers carry them. */
function named(rows: readonly OutboxRow[]): [forces: unknown[], ids: unknown[]] {
  return [rows.map(({ headers }) => headers['ce_owningforce']), rows.map(({ headers }) => headers['ce_id'])];
}
