import type { PoolClient } from 'pg';

/** PostgreSQL answers this to every statement after the one that failed. */
const FAILED_BEFORE = '25P02';

/**
 * The client of one transaction. Statements are sent without waiting for each other's answers, so several may
 * fail at once and others may still be on their way when the work has failed. This remembers which failed
 * first, and sends nothing after the end: the connection belongs to somebody else by then.
 */
export class TransactionClient {
  /** Passed to the work. */
  readonly client: PoolClient;
  private firstFailure: Error | undefined;
  private isOver = false;

  constructor(connection: PoolClient) {
    const send = connection.query.bind(connection) as (...statement: unknown[]) => Promise<unknown>;
    const query = async (...statement: unknown[]): Promise<unknown> => {
      if (this.isOver) throw new Error('the transaction of this statement is over');
      try {
        return await send(...statement);
      } catch (error) {
        this.firstFailure ??= error as Error;
        throw error;
      }
    };
    this.client = Object.create(connection, { query: { value: query } }) as PoolClient;
  }

  /** The error of the statement that failed first. */
  get failure(): Error | undefined {
    return this.firstFailure;
  }

  /** From here on nothing more is sent. */
  end(): void {
    this.isOver = true;
  }

  /** The reason why the work failed: never that another statement had failed before. */
  reasonFor(error: unknown): unknown {
    return (error as { readonly code?: unknown } | null)?.code === FAILED_BEFORE
      ? (this.firstFailure ?? error)
      : error;
  }
}
