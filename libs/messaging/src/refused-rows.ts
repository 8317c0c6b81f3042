import type { OutboxRow, OutboxSource } from '#contracts';
import { backOffMs, halving, type BackOff } from '#kernel';
import { brokerRefusal } from './broker-refusal.ts';
import { logLine, type LogLine } from './kafka-client.ts';
import type { OutboxSender } from './outbox-sender.ts';
import { byTopic, bySize } from './relay-lanes.ts';

export interface RefusedRowsOptions {
  readonly source: OutboxSource;
  readonly sender: OutboxSender;
  readonly log: LogLine;
  readonly sendBytesMax: number;
  readonly onSent: (count: number) => void;
  readonly isStopping: () => boolean;
  /** How often a refused topic is retried. */
  readonly retry: BackOff;
}

const WAITING_MAX = 500;

/**
 * Sets aside the rows that the broker refuses, so that they hold up nothing else. A row that is refused for
 * good stays in the list of unsent rows. The rows of a refused topic wait there, in order, until the topic
 * accepts them. Everything here runs while nothing else is sent, except `park`.
 */
export class RefusedRows {
  private readonly topics = new Map<string, string>();
  private never = 0;
  private attempt = 0;
  private tryAgainAt = 0;

  constructor(private readonly options: RefusedRowsOptions) {}

  /** Topics whose rows wait, with the broker's reason. */
  get waiting(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.topics);
  }

  /** How many rows are refused for good. */
  get unsent(): number {
    return this.never;
  }

  /** Loads the rows that earlier leaders set aside. */
  async load(): Promise<void> {
    const { never, waiting } = await this.options.source.unsent();
    this.never = never;
    this.topics.clear();
    for (const { topic, reason } of waiting) this.topics.set(topic, reason);
    this.attempt = 0;
    this.tryAgainAt = 0;
  }

  isWaiting({ topic }: OutboxRow): boolean {
    return this.topics.has(topic);
  }

  /** Puts rows of waiting topics behind those that wait already, because they would overtake if sent now. */
  async park(rows: readonly OutboxRow[]): Promise<void> {
    for (const [topic, ofTopic] of byTopic(rows)) {
      await this.options.source.setAside(ofTopic, { reason: this.topics.get(topic) ?? 'waits', waits: true });
    }
  }

  /** Sends topic by topic and finds refused rows by halving. Resolves when each row is sent or set aside. */
  async send(rows: readonly OutboxRow[]): Promise<void> {
    for (const ofTopic of byTopic(rows).values()) {
      for (const part of bySize(ofTopic, this.options.sendBytesMax))
        await halving(
          part,
          (rows) => this.sendOrPark(rows),
          (error, rows) => this.setAside(error, rows),
        );
    }
  }

  isDue(): boolean {
    return this.topics.size > 0 && Date.now() >= this.tryAgainAt;
  }

  /** Tries every waiting topic. One that accepts rows again gets all that waited before new rows follow. */
  async sendWaiting(): Promise<void> {
    for (const [topic, reason] of [...this.topics]) {
      this.topics.delete(topic);
      try {
        await this.drain(topic, reason);
      } catch (error) {
        this.topics.set(topic, reason);
        throw error;
      }
    }
    this.attempt = this.topics.size > 0 ? this.attempt + 1 : 0;
    this.tryAgainAt = Date.now() + backOffMs(this.attempt, this.options.retry);
  }

  private async drain(topic: string, reason: string): Promise<void> {
    const { source, isStopping, log } = this.options;
    for (;;) {
      if (isStopping()) {
        this.topics.set(topic, reason);
        return;
      }
      const batch = await source.nextWaiting(topic, WAITING_MAX);
      if (batch.rows.length === 0) break;
      await this.send(batch.rows);
      // The topic refuses again. The rows sent before are sent once more later, as repeats.
      if (this.topics.has(topic)) return;
      await batch.confirm();
    }
    logLine(log, 'info', 'the topic takes messages again', { topic });
  }

  /** If an earlier half has found the topic refused, the rest waits as well. */
  private async sendOrPark(rows: readonly OutboxRow[]): Promise<[]> {
    if (rows[0] && this.isWaiting(rows[0])) {
      await this.park(rows);
    } else {
      await this.options.sender.send(rows);
      this.options.onSent(rows.length);
    }
    return [];
  }

  /** Sets aside a whole refused topic or a single refused row; undefined while several rows are left. */
  private async setAside(error: unknown, rows: readonly OutboxRow[]): Promise<[] | undefined> {
    const { source, sender, log, retry } = this.options;
    const refusal = brokerRefusal(error);
    if (!refusal) throw error;
    const [{ topic, headers }] = rows as [OutboxRow];
    const { of, reason } = refusal;
    if (of === 'topic') {
      this.topics.set(topic, reason);
      this.tryAgainAt = Date.now() + retry.firstMs;
      logLine(log, 'error', 'the broker refuses a topic: its messages wait', { topic, fault: reason });
      await source.setAside(rows, { reason, waits: true });
      // The client asks for the metadata of every topic it ever sent to. One refused topic would fail all
      // others.
      await sender.disconnect();
      await sender.connect();
      return [];
    }
    if (rows.length > 1) return undefined;
    await source.setAside(rows, { reason, waits: false });
    this.never += 1;
    logLine(log, 'error', 'the broker will never take a message: it is kept unsent', {
      topic,
      fault: reason,
      id: headers['ce_id'],
    });
    return [];
  }
}
