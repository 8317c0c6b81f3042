/*
 * The port between #persistence, which stores events, and #messaging, which publishes them. Neither imports
 * the other.
 */

/** One event on its way to its topic. */
export interface OutboxRow {
  readonly key: string | null;
  readonly topic: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer | string;
}

export interface OutboxBatch {
  readonly rows: readonly OutboxRow[];
  /** These are published: go on behind them after a restart. Called in the order the batches were read. */
  confirm(): Promise<void>;
}

/** Rows the broker refused, as they are stored. */
export interface UnsentRows {
  /** How many can never be sent. */
  readonly never: number;
  /** Topics whose rows wait, with the broker's reason. */
  readonly waiting: readonly { readonly topic: string; readonly reason: string }[];
}

/** Committed events in the order in which they are published. */
export interface OutboxSource {
  /** True when this replica leads; exactly one does. Called again and again until it is. */
  lead(): Promise<boolean>;
  /** The next rows, oldest first, without those already read; none when all is read. */
  next(limit: number): Promise<OutboxBatch>;
  /**
   * Stores that these rows were refused, so that the batch they came in can be confirmed. A repeat is no
   * fault.
   */
  setAside(
    rows: readonly OutboxRow[],
    why: { readonly reason: string; readonly waits: boolean },
  ): Promise<void>;
  unsent(): Promise<UnsentRows>;
  /** The oldest rows that wait for this topic; to confirm them is to say that they are sent. */
  nextWaiting(topic: string, limit: number): Promise<OutboxBatch>;
  /** Reads again from the last confirmed batch. */
  rewind(): Promise<void>;
  release(): Promise<void>;
}
