import type { OutboxRow, OutboxSource } from '#contracts';
import { backOffMs } from './back-off.ts';
import { brokerRefusal, type BrokerRefusal } from './broker-refusal.ts';
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
  /** How often a refused topic is tried again. */
  readonly retry: { readonly firstMs: number; readonly maxMs: number };
}

const WAITING_MAX = 500;

/**
 * What the broker refuses, set aside so that it holds up nothing else. A single row that can never be taken stays
 * in the list of what was not sent. All rows of a topic that is refused wait there, in order, until the topic takes them.
 * Everything here runs while nothing else is being sent, except `park`.
 */
export class RefusedRows {
  private readonly topics = new Map<string, string>();
  private never = 0;
  private attempt = 0;
  private tryAgainAt = 0;

  constructor(private readonly options: RefusedRowsOptions) {}

  /** Topics whose rows wait, each with the broker's reason. */
  get waiting(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.topics);
  }

  /** Rows that no broker will ever take. */
  get unsent(): number {
    return this.never;
  }

  /** What earlier leaders set aside. */
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

  /** Puts rows of waiting topics behind those that wait there already: sent now they would overtake. */
  async park(rows: readonly OutboxRow[]): Promise<void> {
    for (const [topic, ofTopic] of byTopic(rows)) {
      await this.options.source.setAside(ofTopic, { reason: this.topics.get(topic) ?? 'waits', waits: true });
    }
  }

  /** Sends topic by topic and finds by halving what is refused; returns when each row is sent or set aside. */
  async send(rows: readonly OutboxRow[]): Promise<void> {
    for (const ofTopic of byTopic(rows).values()) {
      for (const part of bySize(ofTopic, this.options.sendBytesMax)) await this.sendOrSetAside(part);
    }
  }

  isDue(): boolean {
    return this.topics.size > 0 && Date.now() >= this.tryAgainAt;
  }

  /** Tries every waiting topic; one that is taken again is sent whole before new rows follow. */
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
      // Refused again: what was sent before that is sent once more later, as a repeat.
      if (this.topics.has(topic)) return;
      await batch.confirm();
    }
    logLine(log, 'info', 'the topic takes messages again', { topic });
  }

  private async sendOrSetAside(part: readonly OutboxRow[]): Promise<void> {
    const first = part[0] as OutboxRow;
    if (this.isWaiting(first)) return this.park(part);
    try {
      await this.options.sender.send(part);
      this.options.onSent(part.length);
    } catch (error) {
      const refusal = brokerRefusal(error);
      if (!refusal) throw error;
      await this.refused(part, refusal);
    }
  }

  private async refused(part: readonly OutboxRow[], { of, reason }: BrokerRefusal): Promise<void> {
    const { source, sender, log, retry } = this.options;
    const [first] = part as [OutboxRow];
    if (of === 'topic') {
      this.topics.set(first.topic, reason);
      this.tryAgainAt = Date.now() + retry.firstMs;
      logLine(log, 'error', 'the broker refuses a topic: its messages wait', {
        topic: first.topic,
        fault: reason,
      });
      await source.setAside(part, { reason, waits: true });
      // The client asks for the metadata of every topic it ever sent to; one that is refused would fail all others.
      await sender.disconnect();
      await sender.connect();
    } else if (part.length === 1) {
      await source.setAside(part, { reason, waits: false });
      this.never += 1;
      logLine(log, 'error', 'the broker will never take a message: it is kept unsent', {
        topic: first.topic,
        fault: reason,
        id: first.headers['ce_id'],
      });
    } else {
      const half = part.length >>> 1;
      await this.sendOrSetAside(part.slice(0, half));
      await this.sendOrSetAside(part.slice(half));
    }
  }
}
