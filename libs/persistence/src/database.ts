import { Socket } from 'node:net';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { isSlug, within } from '#kernel';
import { FairTurns } from './fair-turns.ts';
import { TransactionClient } from './transaction-client.ts';

/**
 * Every join here goes from a bounded list into an index. A plan that reads a whole table is never right, and
 * a prepared statement would keep it (decision 0011). Bitmap scans are off as well: they would gather and
 * sort all waiting rows to return one page.
 */
const PLANNER =
  '-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

export interface DatabaseOptions {
  /** Connection string of the application role. */
  readonly url: string;
  /** Connections in the pool. It is bounded, like every queue here. */
  readonly poolMax?: number;
  readonly applicationName: string;
  /** PostgreSQL ends a transaction that is idle for this long; 20 seconds when left out. */
  readonly silenceMsMax?: number;
  /** PostgreSQL ends a statement that runs for longer than this; 25 seconds when left out. */
  readonly answerMsMax?: number;
}

/**
 * A process that stops or loses its network inside a transaction would hold its locks for hours, until the
 * network gives up. Its transaction id would also hold back every relay and feed of the same PostgreSQL. Our
 * own transactions never pause this long.
 */
const SILENCE_MS_MAX = 20_000;
/**
 * Longer than a transaction may be idle, so a statement that waits for the lock of an idle transaction still
 * gets it.
 */
const ANSWER_MS_MAX = 25_000;
/**
 * PostgreSQL ends a statement by itself. If it is silent for this much longer, it is cut off or stopped. The
 * network would report that only after a quarter of an hour, and the callers of this connection would wait in
 * vain until then (decision 0024).
 */
const GONE_AFTER_TIMES = 1.2;
/** A silent connection is probed after this time, so that a vanished PostgreSQL is noticed. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const POOL_MAX = 10;
/** How long to wait for a connection before answering 503. */
const CONNECT_MS_MAX = 5_000;

/**
 * One service's database, opened with its application role. All work goes through `transaction`, which names
 * the forces whose rows are visible; without it PostgreSQL shows no rows.
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
        // Statements are sent without waiting for the answers to those before them (decision 0047).
        pipeline: true,
        idle_in_transaction_session_timeout: options.silenceMsMax ?? SILENCE_MS_MAX,
        statement_timeout: answerMsMax,
        stream: () => endingWhenSilent(answerMsMax * GONE_AFTER_TIMES),
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      },
      entities: [],
      synchronize: false,
      // The pool replaces a connection that died while idle (PostgreSQL restarted) at its next use.
      poolErrorHandler: () => undefined,
    });
    await dataSource.initialize();
    return new Database(dataSource, new FairTurns(poolSize, CONNECT_MS_MAX));
  }

  /**
   * Runs the work in one transaction that sees and writes only the rows of `forces`. While all connections
   * are in use, each set of forces gets its turn, so a flood of one force's work does not block another
   * force. The client is pg's own, so that hot statements can be prepared by name; do not keep it.
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

  /**
   * Runs one statement on tables that have no owner. It is a transaction by itself, so it costs one round
   * trip.
   */
  async statement<Row extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<Row>> {
    await this.turns.take('');
    try {
      const client = await this.connect();
      try {
        return await client.query<Row>(query);
      } finally {
        client.release();
      }
    } finally {
      this.turns.give();
    }
  }

  private async inTransaction<Result>(
    slugs: string,
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const connection = await this.connect();
    const transaction = new TransactionClient(connection);
    const { client } = transaction;
    let broken: Error | undefined;
    try {
      // The slugs were checked above, so they can be part of the statement. It is sent together with the
      // first statement of the work; PostgreSQL runs them in this order.
      const begun = client.query(`begin; set local concordat.forces = '${slugs}'`);
      begun.catch(() => undefined);
      const result = await work(client);
      await begun;
      transaction.end();
      const { command } = await connection.query('commit');
      // PostgreSQL answers a commit after a failed statement with a rollback, and reports no error.
      if (command !== 'COMMIT') throw transaction.failure ?? new Error('the transaction was not committed');
      return result;
    } catch (error) {
      transaction.end();
      try {
        await connection.query('rollback');
      } catch (failure) {
        broken = failure as Error;
      }
      throw transaction.reasonFor(error);
    } finally {
      connection.release(broken);
    }
  }

  /**
   * Opens a connection outside any transaction, for locks, cursors and health, which have no owner. The
   * caller releases it.
   */
  async connect(): Promise<PoolClient> {
    const client = await (this.dataSource.driver as unknown as { master: Pool }).master.connect();
    // A connection that dies outside the pool emits an error, and an error without a listener ends the
    // process. The statement that fails reports the loss to its caller.
    if (client.listenerCount('error') === 0) client.on('error', () => undefined);
    return client;
  }

  /** True when PostgreSQL answers a statement within the time. Readiness uses it. */
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

/** Throws for a name that is not a slug: the names become part of a statement's text. */
export function refuseUnsafeNames(forces: readonly string[]): void {
  const unsafe = forces.find((force) => !isSlug(force));
  if (unsafe !== undefined) throw new Error(`not a force: ${unsafe.slice(0, 50)}`);
}

/**
 * Opens a socket that ends itself after this much silence, so the statement that waits for its answer fails.
 */
function endingWhenSilent(ms: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(ms, () => {
    socket.destroy(
      Object.assign(new Error(`PostgreSQL was silent for ${ms / 1_000} s`), { code: 'ETIMEDOUT' }),
    );
  });
}

/**
 * SQLSTATE codes: connection (08), roles and passwords (28), no such database (3D), rollback (40), resources
 * (53), operator (57P), a statement that took too long (57014), system (58), an idle transaction that was
 * ended (25P03), and a missing relation, column, function or right. Our statements are constant, so a missing
 * object means that a migration or a grant has not run yet; a message cannot cause it.
 */
const UNAVAILABLE = /^(08|28|3D|40|53|57P|57014|58|55P03|25006|25P03|42P01|42703|42883)/;
/**
 * The routine that reports a missing grant. Row security uses the same code (42501), but it would refuse the
 * same row again.
 */
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
 * True for a fault of the database itself (gone, restarting, unreachable, out of connections, not migrated,
 * deadlock): the same work may succeed later. False for a fault of the work: it would fail again.
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
