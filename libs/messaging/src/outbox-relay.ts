import { backOffMs } from './back-off.ts';
import { failpoint, type Failpoint } from './failpoint.ts';
import { faultText, logLine, toStandardError, type KafkaSettings, type LogLine } from './kafka-client.ts';
import { byLane, bySize } from './relay-lanes.ts';
import { KafkaSender, type OutboxSender } from './outbox-sender.ts';
import { WakeUp } from './wake-up.ts';

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

/** Where committed events are read; #persistence has it for PostgreSQL. */
export interface OutboxSource {
  /** True when this replica leads; exactly one does. Called again and again until it is. */
  lead(): Promise<boolean>;
  /** The next rows, oldest first, without those already read; none when all is read. */
  next(limit: number): Promise<OutboxBatch>;
  /** Reads again from the last confirmed batch. */
  rewind(): Promise<void>;
  release(): Promise<void>;
}

export interface OutboxRelayOptions {
  readonly settings: KafkaSettings;
  readonly source: OutboxSource;
  /** Rows in one read at most. */
  readonly batchMax?: number;
  readonly isTransient: (error: unknown) => boolean;
  readonly failpoints?: Failpoint;
  /** For tests: what sends in place of Kafka. */
  readonly sender?: OutboxSender;
}

export interface RelayStatus {
  readonly leading: boolean;
  readonly lastSendAt: string | null;
  /** Why nothing can be sent at present; null when all is well. */
  readonly failing: string | null;
  /** Rows read and not confirmed yet. */
  readonly pending: number;
  readonly sent: number;
}

const BATCH_MAX = 1_000;
/** Sends in flight at a time. A key always takes the same lane, and a lane sends one after the other. */
const LANES = 3;
/** Batches in flight: the next is read and sent while one is on its way; more would only queue here instead of there. */
const BATCHES_IN_FLIGHT_MAX = 3;
/** One message set stays below the broker's max.message.bytes (1,048,588 by default), headers and framing included. */
const SEND_BYTES_MAX = 900_000;
/** Other replicas commit without nudging us. */
const POLL_MS = 50;
const LEAD_AGAIN_MS = 500;
/** A stop waits no longer for a broker that does not answer: what is unconfirmed is sent again by the next leader. */
const DRAIN_MS_MAX = 10_000;
const RETRY = { firstMs: 100, maxMs: 3_000 };

/**
 * Publishes what has committed: every event at least once, the events of a key in order. A crash between send and
 * confirmation sends again; the consumers drop repeats. It never gives up: its status says what it waits for.
 */
export class OutboxRelay {
  private readonly sender: OutboxSender;
  private readonly failpoint: Failpoint;
  private readonly log: LogLine;
  private readonly wakeUp = new WakeUp();
  private running: Promise<void> | undefined;
  private stopping = false;
  private leading = false;
  private failing: string | null = null;
  private failedAttempts = 0;
  private lastSendAt: number | null = null;
  private sent = 0;
  private pending = 0;
  private lanes: Promise<void>[] = [];
  private confirmed: Promise<void> = Promise.resolve();
  private readonly inFlight = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly options: OutboxRelayOptions) {
    this.sender = options.sender ?? new KafkaSender(options.settings);
    this.failpoint = options.failpoints ?? failpoint;
    this.log = options.settings.log ?? toStandardError;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Something was committed: when idle it is sent at once. */
  nudge(): void {
    this.wakeUp.call();
  }

  /** Ends after what is in flight; the rest is sent by the next start, or by another replica. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.call();
    await this.running;
  }

  status(): RelayStatus {
    return {
      leading: this.leading,
      lastSendAt: this.lastSendAt === null ? null : new Date(this.lastSendAt).toISOString(),
      failing: this.failing,
      pending: this.pending,
      sent: this.sent,
    };
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        if (await this.options.source.lead()) {
          if (!this.leading) await this.sender.connect();
          this.leading = true;
          await this.pump();
        } else {
          this.leading = false;
          await this.wakeUp.sleep(LEAD_AGAIN_MS);
        }
      } catch (error) {
        await this.recover(error);
      }
    }
    await Promise.race([this.settle(), new Promise((late) => setTimeout(late, DRAIN_MS_MAX).unref())]);
    this.leading = false;
    for (const end of [() => this.sender.disconnect(), () => this.options.source.release()]) {
      try {
        await end();
      } catch (error) {
        logLine(this.log, 'warn', 'the relay did not end cleanly', { fault: faultText(error) });
      }
    }
  }

  /** Reads and sends until stopped; throws the first failure of either. */
  private async pump(): Promise<void> {
    let emptyReads = 0;
    while (!this.stopping) {
      while (this.inFlight.size >= BATCHES_IN_FLIGHT_MAX) await Promise.race(this.inFlight);
      if (this.failure) throw this.failure.error;
      const batch = await this.options.source.next(this.options.batchMax ?? BATCH_MAX);
      if (batch.rows.length > 0) {
        emptyReads = 0;
        this.dispatch(batch);
        continue;
      }
      if (this.inFlight.size === 0) this.isWell();
      // Shortly after work there is often more, or it waits for a neighbour's transaction to end; then it gets quiet.
      const nudged = await this.wakeUp.sleep(Math.min(POLL_MS, 2 ** (emptyReads + 1)));
      emptyReads = nudged ? 0 : emptyReads + 1;
    }
  }

  private dispatch(batch: OutboxBatch): void {
    this.pending += batch.rows.length;
    const sends: Promise<void>[] = [];
    for (const [lane, rows] of byLane(batch.rows, LANES).entries()) {
      if (rows.length === 0) continue;
      // After a failure nothing more is sent in this lane: the rejection runs through the chain.
      const send = (this.lanes[lane] ?? Promise.resolve()).then(() => this.send(rows));
      this.lanes[lane] = send;
      sends.push(send);
    }
    const before = this.confirmed;
    const done = Promise.all(sends).then(async () => {
      await before;
      this.failpoint('relay.after-send-before-confirm');
      await batch.confirm();
      this.pending -= batch.rows.length;
      this.isWell();
    });
    this.confirmed = done;
    const tracked = done
      .catch((error: unknown) => {
        this.failure ??= { error };
        this.wakeUp.call();
      })
      .finally(() => this.inFlight.delete(tracked));
    this.inFlight.add(tracked);
  }

  private async send(rows: readonly OutboxRow[]): Promise<void> {
    for (const part of bySize(rows, SEND_BYTES_MAX)) {
      if (this.failure) throw this.failure.error;
      await this.sender.send(part);
      this.sent += part.length;
      this.lastSendAt = Date.now();
    }
  }

  private isWell(): void {
    this.failing = null;
    this.failedAttempts = 0;
  }

  private async recover(error: unknown): Promise<void> {
    await this.settle();
    const first = this.failing === null;
    this.failing = faultText(error);
    if (first) {
      const level = this.options.isTransient(error) ? 'warn' : 'error';
      logLine(this.log, level, 'the relay waits and sends again', { fault: this.failing });
    }
    const attempt = this.failedAttempts;
    this.failedAttempts += 1;
    await this.wakeUp.sleep(backOffMs(attempt, RETRY));
    if (this.stopping) return;
    try {
      if (this.leading) await this.options.source.rewind();
    } catch {
      // The connection is gone, and with it the lead; the loop asks for it again.
      this.leading = false;
    }
  }

  /** Waits for what is in flight, so that nothing old is still on its way when it is sent again. */
  private async settle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
    await Promise.allSettled(this.lanes);
    this.lanes = [];
    this.confirmed = Promise.resolve();
    this.failure = undefined;
    this.pending = 0;
  }
}
