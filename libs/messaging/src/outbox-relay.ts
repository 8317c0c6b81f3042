import { signed, type OutboxBatch, type OutboxRow, type OutboxSource, type SigningKeys } from '#contracts';
import { backOffMs } from './back-off.ts';
import { brokerRefusal } from './broker-refusal.ts';
import { failpoint, type Failpoint } from './failpoint.ts';
import { faultText, logLine, toStandardError, type KafkaSettings, type LogLine } from './kafka-client.ts';
import { byLane, bySize } from './relay-lanes.ts';
import { KafkaSender, type OutboxSender } from './outbox-sender.ts';
import { RefusedRows } from './refused-rows.ts';
import { WakeUp } from './wake-up.ts';
import { within } from './within.ts';

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
  readonly topicRetry?: { readonly firstMs: number; readonly maxMs: number };
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
/** Other replicas commit without nudging us. Looked for this often while there is work, and more seldom when all is quiet. */
const POLL_MS = 50;
const QUIET_POLL_MS = 250;
/** Empty reads, one after the other, that make it quiet: a second and more without an event. */
const QUIET_AFTER = 25;
const LEAD_AGAIN_MS = 500;
/** A stop waits no longer for a broker that does not answer: what is unconfirmed is sent again by the next leader. */
const DRAIN_MS_MAX = 8_000;
/** What ends the connections gets no longer than this: together with the drain well below the time a service has to stop. */
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
  private readonly wakeUp = new WakeUp();
  /** Cut short by a stop alone: what is committed while the broker is away makes it come back no sooner. */
  private readonly backOff = new WakeUp();
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
  private readonly refused: RefusedRows;
  /** The broker refused something: the next batch is sent alone, so that it can be found. */
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
      isStopping: () => this.stopping,
      retry: options.topicRetry ?? TOPIC_RETRY,
    });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Something was committed: when idle it is sent at once. */
  nudge(): void {
    this.wakeUp.call();
  }

  /** Ends after what is in flight, or when that takes too long; the rest is sent by the next start, or by another replica. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.call();
    this.backOff.call();
    await within(this.options.drainMsMax ?? DRAIN_MS_MAX, this.running);
    this.leading = false;
    for (const end of [() => this.sender.disconnect(), () => this.options.source.release()]) {
      try {
        await within(END_MS_MAX, end());
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

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        if (await this.options.source.lead()) {
          if (!this.leading) {
            await this.sender.connect();
            await this.refused.load();
          }
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
    await this.settle();
  }

  /** Reads and sends until stopped; throws the first failure of either. */
  private async pump(): Promise<void> {
    let emptyReads = 0;
    const limit = this.options.batchMax ?? BATCH_MAX;
    let backlog = false;
    while (!this.stopping) {
      // Without a backlog the next gathers while one is on its way.
      while (this.inFlight.size >= (backlog ? BATCHES_IN_FLIGHT_MAX : 1)) await Promise.race(this.inFlight);
      if (this.careful || this.refused.isDue()) await Promise.all(this.inFlight);
      if (this.failure) throw this.failure.error;
      if (this.refused.isDue()) await this.refused.sendWaiting();
      const batch = await this.options.source.next(limit);
      backlog = batch.rows.length === limit;
      if (batch.rows.length > 0) {
        emptyReads = 0;
        if (this.careful) await this.sendCarefully(batch);
        else this.dispatch(batch);
        continue;
      }
      if (this.inFlight.size === 0) this.isWell();
      // Shortly after work there is often more, or it waits for a neighbour's transaction to end; then it gets quiet.
      const restMs = emptyReads > QUIET_AFTER ? QUIET_POLL_MS : Math.min(POLL_MS, 2 ** (emptyReads + 1));
      const nudged = await this.wakeUp.sleep(restMs);
      emptyReads = nudged ? 0 : emptyReads + 1;
    }
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
        this.wakeUp.call();
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

  private async recover(error: unknown): Promise<void> {
    await this.settle();
    if (this.stopping) return;
    // Waiting does not help: it is looked for at once, in the batch behind the last confirmed one or soon after.
    this.careful ||= brokerRefusal(error) !== undefined;
    const first = this.failing === null;
    this.failing = faultText(error);
    if (first) {
      const level = this.options.isTransient(error) ? 'warn' : 'error';
      logLine(this.log, level, 'the relay waits and sends again', { fault: this.failing });
    }
    const attempt = this.failedAttempts;
    this.failedAttempts += 1;
    await this.backOff.sleep(backOffMs(attempt, RETRY));
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
