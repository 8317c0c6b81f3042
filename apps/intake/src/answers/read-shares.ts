import { Refusal } from '#contracts';
import type { HttpReply } from '#web';

/** How long a read may wait for earlier reads of its own force. */
const WAIT_MS_MAX = 20_000;

interface WaitingRead {
  readonly rows: number;
  readonly begin: () => void;
}

/** The reads of one force in this process. */
interface Reads {
  rowsInHand: number;
  /** Reads begin in the order in which they came. */
  readonly waiting: WaitingRead[];
}

/**
 * Limits how many rows one force reads at once in this process; further reads of that force wait. Other
 * forces then share the database connections and the time of this process with at most one such share per
 * force.
 */
export class ReadShares {
  private readonly reads = new Map<string, Reads>();

  constructor(
    private readonly rowsAtOnce: number,
    private readonly waitMsMax = WAIT_MS_MAX,
  ) {}

  /**
   * Runs the work once its rows fit into the share of the force. A read of more rows than the share runs
   * alone. Nothing is read for a client that closed its connection while it waited.
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

  /** Runs work that reads all rows of a force: it runs alone. */
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
        // The reads behind it may have waited only for this one.
        this.next(force, reads);
        const detail = `Your force can read ${this.rowsAtOnce} rows at once, and other reads of your force are still running. Ask for fewer pages at once, or for smaller ones.`;
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
