import { Refusal } from '#contracts';
import type { HttpReply } from '#web';

/** How long a read may wait for those of its own force before it. */
const WAIT_MS_MAX = 20_000;

interface WaitingRead {
  readonly rows: number;
  readonly begin: () => void;
}

/** One force's reads here. */
interface Reads {
  rowsInHand: number;
  /** First come, first served. */
  readonly waiting: WaitingRead[];
}

/**
 * Bounds how many rows one force has read at once in this process; further reads of the same force wait. What other forces do
 * then meets at most one share of each force: in the connections to the database, and in the time of this process.
 */
export class ReadShares {
  private readonly reads = new Map<string, Reads>();

  constructor(
    private readonly rowsAtOnce: number,
    private readonly waitMsMax = WAIT_MS_MAX,
  ) {}

  /**
   * Runs the work once its rows fit into the share of the force. A read of more rows than the share runs alone. Nothing is read
   * for a client that has hung up while it waited.
   */
  async read<Result>(
    force: string,
    rows: number,
    reply: HttpReply,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const weight = Math.min(rows, this.rowsAtOnce);
    await this.begin(force, weight);
    try {
      if (reply.raw.destroyed)
        throw new Refusal('busy', 'The connection was closed before this read had its turn.');
      return await work();
    } finally {
      this.end(force, weight);
    }
  }

  /** For what walks all rows of a force: it runs alone. */
  readAll<Result>(force: string, reply: HttpReply, work: () => Promise<Result>): Promise<Result> {
    return this.read(force, this.rowsAtOnce, reply, work);
  }

  private async begin(force: string, rows: number): Promise<void> {
    const reads = this.reads.get(force) ?? { rowsInHand: 0, waiting: [] };
    this.reads.set(force, reads);
    if (reads.waiting.length === 0 && reads.rowsInHand + rows <= this.rowsAtOnce) {
      reads.rowsInHand += rows;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const read: WaitingRead = {
        rows,
        begin: () => {
          clearTimeout(patience);
          resolve();
        },
      };
      const patience = setTimeout(() => {
        reads.waiting.splice(reads.waiting.indexOf(read), 1);
        // It may have been what those behind it waited for.
        this.next(force, reads);
        const detail = `Your force may read ${this.rowsAtOnce} rows at once, and other reads of your force are still running. Ask for fewer or smaller pages at once.`;
        reject(new Refusal('busy', detail));
      }, this.waitMsMax);
      reads.waiting.push(read);
    });
  }

  private end(force: string, rows: number): void {
    const reads = this.reads.get(force);
    if (reads === undefined) return;
    reads.rowsInHand -= rows;
    this.next(force, reads);
  }

  private next(force: string, reads: Reads): void {
    for (
      let [first] = reads.waiting;
      first !== undefined && reads.rowsInHand + first.rows <= this.rowsAtOnce;
      [first] = reads.waiting
    ) {
      reads.waiting.shift();
      reads.rowsInHand += first.rows;
      first.begin();
    }
    if (reads.rowsInHand === 0 && reads.waiting.length === 0) this.reads.delete(force);
  }
}
