import { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { isSlug, within } from '#kernel';
import { FairTurns } from './fair-turns.ts';

/**
 * Every join here is from a bounded list into an index: a plan that reads a whole table is never the right one, and a prepared
 * statement would keep it (decision 0011). Nor is an index read out of its order: what is wanted of a bitmap is a page, and
 * it would gather and sort all that waits for each.
 */
const PLANNER =
  '-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

export interface DatabaseOptions {
  /** Connection string of the application role. */
  readonly url: string;
  /** Connections in the pool: every queue here is bounded, so this is too. */
  readonly poolMax?: number;
  readonly applicationName: string;
  /** A transaction in which nothing is said for this long is ended by PostgreSQL; 20 seconds when left out. */
  readonly silenceMsMax?: number;
  /** A statement that PostgreSQL has not answered within this is ended; 25 seconds when left out. */
  readonly answerMsMax?: number;
}

/**
 * A process that was stopped, or cut off, in the middle of a transaction would hold its locks, and with its transaction id
 * every relay and feed of the same PostgreSQL, until the network gives up: hours. Our transactions never pause this long.
 */
const SILENCE_MS_MAX = 20_000;
/** Longer than a transaction may be silent: who waits for the lock of one that fell silent still gets it. */
const ANSWER_MS_MAX = 25_000;
/**
 * PostgreSQL ends a statement by itself. If it says nothing for so much longer, it is cut off or stands still; the network would
 * tell only after a quarter of an hour, and until then all who wait for this connection would wait in vain (decision 0024).
 */
const GONE_AFTER_TIMES = 1.2;
/** A connection over which nothing comes is asked about after this, so that a vanished PostgreSQL is noticed. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const POOL_MAX = 10;
/** Who finds no connection within this is told that the database is not available. */
const CONNECT_MS_MAX = 5_000;

/**
 * One service's database, opened as its application role. There is one way in: `transaction`, which says whose
 * rows may be seen; without it PostgreSQL shows none.
 */
export class Database {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly turns: FairTurns,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const poolSize = options.poolMax ?? POOL_MAX;
    const answerMsMax = options.answerMsMax ?? ANSWER_MS_MAX;
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      poolSize,
      connectTimeoutMS: CONNECT_MS_MAX,
      extra: {
        options: PLANNER,
        idle_in_transaction_session_timeout: options.silenceMsMax ?? SILENCE_MS_MAX,
        statement_timeout: answerMsMax,
        stream: () => endingWhenSilent(answerMsMax * GONE_AFTER_TIMES),
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      },
      entities: [],
      synchronize: false,
      // A pooled connection that dies while idle (PostgreSQL restarted) is replaced at the next use.
      poolErrorHandler: () => undefined,
    });
    await dataSource.initialize();
    return new Database(dataSource, new FairTurns(poolSize, CONNECT_MS_MAX));
  }

  /**
   * Runs the work in one transaction that sees and writes only the rows of `forces`.
   * While all connections are in use, each set of forces has its turn: one force's flood does not stand before another's work.
   * The client is pg's own, so that hot statements can be prepared by name; it must not be kept.
   */
  async transaction<Result>(
    forces: readonly string[],
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> {
    refuseUnsafeNames(forces);
    const slugs = forces.join(',');
    await this.turns.take(slugs);
    try {
      return await this.inTransaction(slugs, work);
    } finally {
      this.turns.give();
    }
  }

  private async inTransaction<Result>(
    slugs: string,
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.connect();
    let broken: Error | undefined;
    try {
      // One round trip; the slugs were checked above, so they can stand in the statement.
      await client.query(`begin; set local concordat.forces = '${slugs}'`);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      try {
        await client.query('rollback');
      } catch (failure) {
        broken = failure as Error;
      }
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A connection outside any transaction, for what has no owner: locks, cursors, health. Released by the caller. */
  async connect(): Promise<PoolClient> {
    const client = await (this.dataSource.driver as unknown as { master: Pool }).master.connect();
    // A connection that dies while it is out of the pool emits an error; unheard, it would end the process. Whoever uses
    // the connection learns of the loss from the statement that fails.
    if (client.listenerCount('error') === 0) client.on('error', () => undefined);
    return client;
  }

  /** True when a statement comes back within the time; readiness asks it. */
  async answers(withinMs = 2_000): Promise<boolean> {
    const asked = this.connect().then(async (client) => {
      try {
        await client.query('select 1');
        return true;
      } finally {
        client.release();
      }
    });
    return within(
      withinMs,
      asked.catch(() => false),
      () => false,
    );
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** The names stand in the text of a statement, so that they must be safe there. */
export function refuseUnsafeNames(forces: readonly string[]): void {
  const unsafe = forces.find((force) => !isSlug(force));
  if (unsafe !== undefined) throw new Error(`not a force: ${unsafe.slice(0, 50)}`);
}

/** A connection over which nothing comes or goes is given up, and with it the statement that waits for its answer. */
function endingWhenSilent(ms: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(ms, () => {
    socket.destroy(
      Object.assign(new Error(`PostgreSQL said nothing for ${ms / 1_000} s`), { code: 'ETIMEDOUT' }),
    );
  });
}

/**
 * By SQLSTATE: connection (08), roles and passwords (28), no such database (3D), rollback (40), resources (53), operator
 * (57P), a statement that took too long (57014), system (58), a transaction that fell silent (25P03), and what a migration or
 * a grant that is still to come gives (relation, column, function or right missing): our statements are constant, so that is
 * never a message's fault.
 */
const UNAVAILABLE = /^(08|28|3D|40|53|57P|57014|58|55P03|25006|25P03|42P01|42703|42883)/;
/** A missing grant; row security refuses under the same code (42501), and what it refuses it would refuse again. */
const MISSING_GRANT = 'aclcheck_error';
const UNREACHABLE: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
];

/**
 * True for a fault of the database itself (gone, restarting, unreachable, out of connections, not migrated, deadlock): the same
 * work may succeed later. False for a fault of the work: it would fail again.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown };
  if (typeof code === 'string')
    return UNAVAILABLE.test(code) || UNREACHABLE.includes(code) || routine === MISSING_GRANT;
  const message = (error as { message?: unknown } | null)?.message;
  return (
    typeof message === 'string' &&
    /connection terminated|connection ended|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(
      message,
    )
  );
}
