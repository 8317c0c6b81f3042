/*
 * The relay is always in one of these modes:
 *
 * - following: another replica leads; asks for the lead every half second.
 * - quiet: all is published; looks for new events every few milliseconds at first, then every quarter of a second.
 * - plain: one batch is on its way while the next one gathers.
 * - backlog: batches come back full; up to three are on their way at once.
 * - careful: the broker refused something; one batch is sent alone, and halving finds the rows that it refuses.
 * - failing: a send or a read failed; waits with growing pauses, reads again from the last confirmed batch and sends again.
 *
 * Beside these, single topics may wait (refused-rows.ts): the broker refuses them, their rows are set aside, and every
 * other topic goes on.
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
  /** Rows in one read at most. */
  readonly batchMax?: number;
  readonly isTransient: (error: unknown) => boolean;
  /** With it each event carries its publisher's signature. */
  readonly signingKeys?: SigningKeys;
  readonly failpoints?: Failpoint;
  /** For tests: what sends in place of Kafka. */
  readonly sender?: OutboxSender;
  /** For tests: how long a stop waits for what is in flight, and how often a refused topic is tried again. */
  readonly drainMsMax?: number;
  readonly topicRetry?: BackOff;
}

export interface RelayStatus {
  readonly leading: boolean;
  readonly lastSendAt: string | null;
  /** Why nothing can be sent at present; null when all is well. */
  readonly failing: string | null;
  /** Rows read and not confirmed yet. */
  readonly pending: number;
  readonly sent: number;
  /** Rows that the broker will never take, kept by the leader with the reason. */
  readonly unsent: number;
  /** Topics that the broker refuses at present, with its reason: their rows wait, all others go on. Known to the leader. */
  readonly waitingTopics: Readonly<Record<string, string>>;
}

const BATCH_MAX = 1_000;
/** Sends of a long batch in flight at a time. A key always takes the same lane, and a lane sends one after the other. */
const LANES = 3;
/** A batch up to this size is one send: three requests to the broker would each cost nearly as much as the one. */
const ONE_SEND_MAX = 300;
/** Batches in flight while there is a backlog: the next is read and sent while one is on its way; more would only queue here instead of there. */
const BATCHES_IN_FLIGHT_MAX = 3;
/** One message set stays below the broker's max.message.bytes (1,048,588 by default), headers and framing included. */
const SEND_BYTES_MAX = 900_000;
/** Other replicas commit without nudging us. Shortly after work there is often more, or it waits for a transaction to end. */
const POLL: BackOff = { firstMs: 2, maxMs: 50, scatter: 0 };
const QUIET_POLL_MS = 250;
/** Empty reads, one after the other, that make it quiet: a second and more without an event. */
const QUIET_AFTER = 25;
const LEAD_AGAIN_MS = 500;
/** A stop waits no longer for a broker that does not answer: the next leader sends again what is unconfirmed. */
const DRAIN_MS_MAX = 8_000;
/** The connections have this long to end: together with the drain it is well below the time a service has to stop. */
const END_MS_MAX = 2_000;
const TOPIC_RETRY = { firstMs: 1_000, maxMs: 30_000 };
const RETRY = { firstMs: 100, maxMs: 3_000 };

/**
 * Publishes what has committed: every event at least once, the events of a key in order. A crash between send and
 * confirmation sends again; the consumers drop repeats. It never gives up: its status says what it waits for.
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
  /** The last batch was full: there is more to read. */
  private backlog = false;
  /** Reads without a row, one after the other. */
  private emptyReads = 0;
  /** The broker refused something: the next batch is sent alone, so that halving can find it. */
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

  /** Something was committed: when idle it is sent at once. */
  nudge(): void {
    this.loop.nudge();
  }

  /** Ends after what is in flight, or when that takes too long; the rest is sent by the next start, or by another replica. */
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

  /** Never fails: what cannot be sent is stored, and taking the service away would send nothing sooner. The detail says what waits. */
  health(): {
    name: string;
    check(): Promise<{ ok: boolean; detail?: string; figures: Record<string, number> }>;
  } {
    return {
      name: 'relay',
      check: async () => {
        const { leading, failing, pending, unsent, waitingTopics } = this.status();
        const topics = Object.keys(waitingTopics);
        // Why stands in the log: this is published without a token, and a fault may name hosts and roles. Numbers count for all forces.
        const told = [
          failing !== null ? 'waiting to publish' : leading ? 'leading' : 'following',
          ...(topics.length > 0 ? [`refused by the broker: ${topics.join(', ')}`] : []),
          ...(unsent > 0 ? ['some messages are kept unsent'] : []),
        ];
        return { ok: true, detail: told.join('; '), figures: { pending, unsent } };
      },
    };
  }

  /** Takes the lead if need be, reads one batch and sends it; throws the first failure of a read or a send. */
  private async turn(nudged: boolean): Promise<number> {
    if (!this.leading && !(await this.takeLead())) return LEAD_AGAIN_MS;
    if (nudged) this.emptyReads = 0;
    // Without a backlog the next batch gathers while one is on its way.
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
    // After a failure nothing more is sent in a lane: the rejection runs through the chain.
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

  /** Puts everything back to the last confirmed batch; returns how long to wait before it is sent again. */
  private async recover(error: unknown): Promise<number> {
    await this.settle();
    if (this.loop.isStopping) return 0;
    // Waiting does not help here: halving finds the refused rows in the next batch, or soon after.
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
      // The connection is gone, and with it the lead; the next turn asks for it again.
      this.leading = false;
    }
    const attempt = this.failedAttempts;
    this.failedAttempts += 1;
    return backOffMs(attempt, RETRY);
  }

  /** Waits for what is in flight, so that nothing old is still on its way when it is sent again. */
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
