/*
 * The relay is always in one of these modes:
 *
 * - following: another replica leads; this one asks for the lead every half second.
 * - quiet: everything is published; it looks for new events every few milliseconds at first, then four
 *   times a second.
 * - plain: one batch is under way while the next one gathers.
 * - backlog: batches come back full; up to three are under way at once.
 * - careful: the broker refused something; one batch is sent alone, and halving finds the refused rows.
 * - failing: a send or a read failed; it waits longer each time, then reads from the last confirmed batch
 *   and sends again.
 *
 * In every mode single topics may wait (refused-rows.ts): the broker refuses them, their rows are set aside,
 * and all other topics go on.
 */
import { signed, type OutboxBatch, type OutboxRow, type OutboxSource, type SigningKeys } from '#contracts';
import { backOffMs, BackgroundLoop, within, type BackOff } from '#kernel';
import { brokerRefusal } from './broker-refusal.ts';
import { failpoint, type Failpoint } from './failpoint.ts';
import { faultText, logLine, toStandardError, type KafkaSettings, type LogLine } from './kafka-client.ts';
import { byLane, bySize } from './relay-lanes.ts';
import { KafkaSender, type OutboxSender } from './outbox-sender.ts';
import { RefusedRows } from './refused-rows.ts';

export interface OutboxRelayOptions {
  readonly settings: KafkaSettings;
  readonly source: OutboxSource;
  /** The most rows of one read. */
  readonly batchMax?: number;
  readonly isTransient: (error: unknown) => boolean;
  /** If given, each event carries its publisher's signature. */
  readonly signingKeys?: SigningKeys;
  readonly failpoints?: Failpoint;
  /** For tests: sends instead of Kafka. */
  readonly sender?: OutboxSender;
  /** For tests: how long a stop waits for what is in flight, and how often a refused topic is tried again. */
  readonly drainMsMax?: number;
  readonly topicRetry?: BackOff;
}

export interface RelayStatus {
  readonly leading: boolean;
  readonly lastSendAt: string | null;
  /** Why nothing can be sent now; null if all is well. */
  readonly failing: string | null;
  /** How many rows were read and not confirmed yet. */
  readonly pending: number;
  readonly sent: number;
  /** How many rows the broker refused for good. The leader stores them with the reason. */
  readonly unsent: number;
  /**
   * Topics that the broker refuses now, with its reason. Their rows wait; all others go on. Only the leader
   * knows.
   */
  readonly waitingTopics: Readonly<Record<string, string>>;
}

const BATCH_MAX = 1_000;
/** How many sends of a long batch run at a time. A key always takes the same lane; a lane sends in order. */
const LANES = 3;
/** A batch up to this size is one send, because each further request costs nearly as much again. */
const ONE_SEND_MAX = 300;
/** How many batches are under way during a backlog. More would only queue here instead of at the broker. */
const BATCHES_IN_FLIGHT_MAX = 3;
/**
 * One send stays below the broker's max.message.bytes (1,048,588 by default), headers and framing included.
 */
const SEND_BYTES_MAX = 900_000;
/** Other replicas commit without a nudge here. Shortly after work there is often more of it. */
const POLL: BackOff = { firstMs: 2, maxMs: 50, scatter: 0 };
const QUIET_POLL_MS = 250;
/** After so many empty reads the relay is quiet: more than a second without an event. */
const QUIET_AFTER = 25;
const LEAD_AGAIN_MS = 500;
/** How long a stop waits for a broker that does not answer. The next leader sends unconfirmed rows again. */
const DRAIN_MS_MAX = 8_000;
/** How long the connections may take to end. With the drain it is well below the time that a service has. */
const END_MS_MAX = 2_000;
const TOPIC_RETRY = { firstMs: 1_000, maxMs: 30_000 };
const RETRY = { firstMs: 100, maxMs: 3_000 };

/**
 * Publishes committed events: each at least once, and the events of a key in order. After a crash between
 * send and confirmation it sends again, and the consumers drop repeats. It never gives up; its status says
 * why it waits.
 */
export class OutboxRelay {
  private readonly sender: OutboxSender;
  private readonly failpoint: Failpoint;
  private readonly log: LogLine;
  private readonly loop = new BackgroundLoop({
    turn: (nudged) => this.turn(nudged),
    failed: (error) => this.recover(error),
  });
  private leading = false;
  private failing: string | null = null;
  private failedAttempts = 0;
  private lastSendAt: number | null = null;
  private sent = 0;
  private pending = 0;
  private lanes: Promise<void>[] = [];
  private confirmed: Promise<void> = Promise.resolve();
  private readonly inFlight = new Set<Promise<void>>();
  private readonly refused: RefusedRows;
  /** True after a full batch: there is more to read. */
  private backlog = false;
  /** How many reads in a row found nothing. */
  private emptyReads = 0;
  /** True after a refusal: the next batch is sent alone, so that halving can find the refused row. */
  private careful = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly options: OutboxRelayOptions) {
    const { signingKeys } = options;
    this.sender =
      options.sender ?? new KafkaSender(options.settings, signingKeys && ((row) => signed(row, signingKeys)));
    this.failpoint = options.failpoints ?? failpoint;
    this.log = options.settings.log ?? toStandardError;
    this.refused = new RefusedRows({
      source: options.source,
      sender: this.sender,
      log: this.log,
      sendBytesMax: SEND_BYTES_MAX,
      onSent: (count) => this.wasSent(count),
      isStopping: () => this.loop.isStopping,
      retry: options.topicRetry ?? TOPIC_RETRY,
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Tells the relay that something was committed. If it is idle, it sends at once. */
  nudge(): void {
    this.loop.nudge();
  }

  /**
   * Stops after the sends under way, or when they take too long. The next start or another replica sends the
   * rest.
   */
  async stop(): Promise<void> {
    const ended = this.loop.stop().then(() => this.settle());
    await within(this.options.drainMsMax ?? DRAIN_MS_MAX, ended, () => undefined);
    this.leading = false;
    for (const end of [() => this.sender.disconnect(), () => this.options.source.release()]) {
      try {
        await within(END_MS_MAX, end(), () => undefined);
      } catch (error) {
        logLine(this.log, 'warn', 'the relay did not end cleanly', { fault: faultText(error) });
      }
    }
  }

  status(): RelayStatus {
    return {
      leading: this.leading,
      lastSendAt: this.lastSendAt === null ? null : new Date(this.lastSendAt).toISOString(),
      failing: this.failing,
      pending: this.pending,
      sent: this.sent,
      unsent: this.refused.unsent,
      waitingTopics: this.refused.waiting,
    };
  }

  /**
   * For readiness. It never fails, because unsent events are stored and stopping the service would not send
   * them sooner. The detail says what waits.
   */
  health(): {
    name: string;
    check(): Promise<{ ok: boolean; detail?: string; figures: Record<string, number> }>;
  } {
    return {
      name: 'relay',
      check: async () => {
        const { leading, failing, pending, unsent, waitingTopics } = this.status();
        const topics = Object.keys(waitingTopics);
        // The log has the reason. Readiness is public, and a fault may name hosts and roles. Counts cover all
        // forces.
        const details = [
          failing !== null ? 'waiting to publish' : leading ? 'leading' : 'following',
          ...(topics.length > 0 ? [`refused by the broker: ${topics.join(', ')}`] : []),
          ...(unsent > 0 ? ['some messages are kept unsent'] : []),
        ];
        return { ok: true, detail: details.join('; '), figures: { pending, unsent } };
      },
    };
  }

  /**
   * Takes the lead if necessary, reads one batch and sends it. Throws the first failure of a read or a send.
   */
  private async turn(nudged: boolean): Promise<number> {
    if (!this.leading && !(await this.takeLead())) return LEAD_AGAIN_MS;
    if (nudged) this.emptyReads = 0;
    // Without a backlog the next batch gathers while one is under way.
    const inFlightMax = this.backlog ? BATCHES_IN_FLIGHT_MAX : 1;
    while (this.inFlight.size >= inFlightMax) await Promise.race(this.inFlight);
    if (this.careful || this.refused.isDue()) await Promise.all(this.inFlight);
    if (this.failure) throw this.failure.error;
    if (this.refused.isDue()) await this.refused.sendWaiting();
    const limit = this.options.batchMax ?? BATCH_MAX;
    const batch = await this.options.source.next(limit);
    this.backlog = batch.rows.length === limit;
    if (batch.rows.length > 0) {
      this.emptyReads = 0;
      if (this.careful) await this.sendCarefully(batch);
      else this.dispatch(batch);
      return 0;
    }
    if (this.inFlight.size === 0) this.isWell();
    const emptyReads = this.emptyReads++;
    return emptyReads > QUIET_AFTER ? QUIET_POLL_MS : backOffMs(emptyReads, POLL);
  }

  private async takeLead(): Promise<boolean> {
    if (!(await this.options.source.lead())) return false;
    await this.sender.connect();
    await this.refused.load();
    return (this.leading = true);
  }

  private async sendCarefully(batch: OutboxBatch): Promise<void> {
    this.pending += batch.rows.length;
    await this.refused.send(batch.rows);
    await batch.confirm();
    this.pending -= batch.rows.length;
    this.careful = false;
    this.isWell();
  }

  private dispatch(batch: OutboxBatch): void {
    this.pending += batch.rows.length;
    const parked = batch.rows.filter((row) => this.refused.isWaiting(row));
    const sends = parked.length > 0 ? [this.refused.park(parked)] : [];
    const sendable =
      parked.length > 0 ? batch.rows.filter((row) => !this.refused.isWaiting(row)) : batch.rows;
    // After a failure the lane sends nothing more, because the rejection runs through the chain.
    if (sendable.length <= ONE_SEND_MAX) {
      const send = Promise.all(this.lanes).then(() => this.send(sendable));
      this.lanes = Array.from({ length: LANES }, () => send);
      sends.push(send);
    } else {
      for (const [lane, rows] of byLane(sendable, LANES).entries()) {
        if (rows.length === 0) continue;
        const send = (this.lanes[lane] ?? Promise.resolve()).then(() => this.send(rows));
        this.lanes[lane] = send;
        sends.push(send);
      }
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
        this.loop.nudge();
      })
      .finally(() => this.inFlight.delete(tracked));
    this.inFlight.add(tracked);
  }

  private async send(rows: readonly OutboxRow[]): Promise<void> {
    for (const part of bySize(rows, SEND_BYTES_MAX)) {
      if (this.failure) throw this.failure.error;
      await this.sender.send(part);
      this.wasSent(part.length);
    }
  }

  private wasSent(count: number): void {
    this.sent += count;
    this.lastSendAt = Date.now();
  }

  private isWell(): void {
    this.failing = null;
    this.failedAttempts = 0;
  }

  /** Goes back to the last confirmed batch and returns how long to wait before sending again. */
  private async recover(error: unknown): Promise<number> {
    await this.settle();
    if (this.loop.isStopping) return 0;
    // A wait would not help. Halving finds the refused rows in the next batch or soon after.
    this.careful ||= brokerRefusal(error) !== undefined;
    const first = this.failing === null;
    this.failing = faultText(error);
    if (first) {
      const level = this.options.isTransient(error) ? 'warn' : 'error';
      logLine(this.log, level, 'the relay waits and sends again', { fault: this.failing });
    }
    try {
      if (this.leading) await this.options.source.rewind();
    } catch {
      // The connection and the lead are gone. The next turn asks for the lead again.
      this.leading = false;
    }
    const attempt = this.failedAttempts;
    this.failedAttempts += 1;
    return backOffMs(attempt, RETRY);
  }

  /** Waits for the sends under way, so that no old send is still running when its rows are sent again. */
  private async settle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
    await Promise.allSettled(this.lanes);
    this.lanes = [];
    this.confirmed = Promise.resolve();
    this.failure = undefined;
    this.pending = 0;
    this.backlog = false;
    this.emptyReads = 0;
  }
}
