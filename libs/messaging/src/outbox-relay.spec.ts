import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { OutboxRelay, type OutboxBatch, type OutboxRow, type OutboxSource } from './outbox-relay.ts';
import type { OutboxSender, SendableRow } from './outbox-sender.ts';
import { byLane, bySize } from './relay-lanes.ts';

const settings = { brokers: [], username: '', password: '', tls: false, clientId: 'test', log: () => undefined };
const row = (key: string | null, value: string): OutboxRow => ({ key, topic: 't', headers: {}, value });

/** An outbox in memory: read position and confirmed position, as the real one. */
class MemorySource implements OutboxSource {
  readonly rows: OutboxRow[] = [];
  read = 0;
  confirmed = 0;
  mayLead = true;
  released = 0;

  async lead(): Promise<boolean> {
    return this.mayLead;
  }
  async next(limit: number): Promise<OutboxBatch> {
    const rows = this.rows.slice(this.read, this.read + limit);
    const end = (this.read += rows.length);
    return {
      rows,
      confirm: async () => {
        expect(end).toBeGreaterThan(this.confirmed);
        this.confirmed = end;
      },
    };
  }
  async rewind(): Promise<void> {
    this.read = this.confirmed;
  }
  async release(): Promise<void> {
    this.released += 1;
  }
}

/** Sends that take chance time, so that an order which is not enforced is not kept. */
class SlowSender implements OutboxSender {
  readonly sent: SendableRow[] = [];
  readonly busyKeys = new Set<string>();
  overlaps = 0;
  failures = 0;
  async connect(): Promise<void> {
    await Promise.resolve();
  }
  async send(rows: readonly SendableRow[]): Promise<void> {
    const keys = [...new Set(rows.map(({ key }) => key ?? ''))];
    for (const key of keys) {
      if (this.busyKeys.has(key)) this.overlaps += 1;
      this.busyKeys.add(key);
    }
    await new Promise((done) => setTimeout(done, Math.random() * 4));
    for (const key of keys) this.busyKeys.delete(key);
    if (this.failures > 0 && Math.random() < 0.5) {
      this.failures -= 1;
      throw new Error('the broker is away');
    }
    this.sent.push(...rows);
  }
  async disconnect(): Promise<void> {
    await Promise.resolve();
  }
}

/** For each key: its values in order of their first arrival. */
function firstArrivals(rows: readonly SendableRow[]): Map<string, number[]> {
  const byKey = new Map<string, number[]>();
  for (const { key, value } of rows) {
    const values = byKey.get(key ?? '') ?? [];
    byKey.set(key ?? '', values);
    if (!values.includes(Number(value))) values.push(Number(value));
  }
  return byKey;
}

async function relayed(failures: number): Promise<{ source: MemorySource; sender: SlowSender }> {
  const source = new MemorySource();
  const sender = new SlowSender();
  sender.failures = failures;
  const relay = new OutboxRelay({ settings, source, sender, batchMax: 7, isTransient: () => true });
  relay.start();
  for (let at = 0; at < 300; at += 1) {
    source.rows.push(row(`key-${at % 11}`, String(at)));
    if (at % 13 === 0) relay.nudge();
    if (at % 50 === 0) await new Promise((done) => setImmediate(done));
  }
  relay.nudge();
  await eventually(() => source.confirmed === 300, { says: 'everything confirmed' });
  await relay.stop();
  return { source, sender };
}

describe('the relay', () => {
  it('keeps the order of a key and never has two sends of it in flight', async () => {
    const { sender, source } = await relayed(0);
    expect(sender.overlaps).toBe(0);
    expect(sender.sent).toHaveLength(300);
    for (const values of firstArrivals(sender.sent).values()) expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(source.released).toBe(1);
  });

  it('sends again after failures: everything arrives, each key in order, none overtaken', async () => {
    const { sender } = await relayed(4);
    expect(sender.overlaps).toBe(0);
    const arrived = firstArrivals(sender.sent);
    expect([...arrived.values()].reduce((sum, values) => sum + values.length, 0)).toBe(300);
    for (const values of arrived.values()) expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it('says what it waits for while nothing can be sent, and that it is well again', async () => {
    const source = new MemorySource();
    const sender = new SlowSender();
    let away = true;
    sender.send = async (rows) => {
      if (away) throw new Error('the broker is away');
      sender.sent.push(...rows);
    };
    const relay = new OutboxRelay({ settings, source, sender, isTransient: () => true });
    source.rows.push(row('a', '1'));
    relay.start();
    await eventually(() => relay.status().failing === 'Error: the broker is away');
    expect(source.confirmed).toBe(0);
    away = false;
    await eventually(() => source.confirmed === 1);
    expect(relay.status()).toMatchObject({ failing: null, leading: true, sent: 1, pending: 0 });
    await relay.stop();
  });

  it('sends nothing while another replica leads', async () => {
    const source = new MemorySource();
    source.mayLead = false;
    const sender = new SlowSender();
    source.rows.push(row('a', '1'));
    const relay = new OutboxRelay({ settings, source, sender, isTransient: () => true });
    relay.start();
    relay.nudge();
    await new Promise((done) => setImmediate(done));
    expect(relay.status()).toMatchObject({ leading: false, sent: 0 });
    source.mayLead = true;
    relay.nudge();
    await eventually(() => sender.sent.length === 1);
    await relay.stop();
  });
});

describe('lanes and sizes', () => {
  it('put a key in one lane and keep its order', () => {
    const rows = Array.from({ length: 100 }, (_, at) => row(`key-${at % 9}`, String(at)));
    const lanes = byLane(rows, 3);
    expect(lanes.flat()).toHaveLength(100);
    expect(lanes.every((lane) => lane.length > 0)).toBe(true);
    for (const key of new Set(rows.map((one) => one.key))) {
      const homes = lanes.filter((lane) => lane.some((one) => one.key === key));
      expect(homes).toHaveLength(1);
      expect(homes[0]?.filter((one) => one.key === key)).toEqual(rows.filter((one) => one.key === key));
    }
  });

  it('cut a send below its bytes, in order, and send alone what is larger', () => {
    const rows = [10, 400, 300, 5_000, 20].map((size, at) => row(String(at), 'x'.repeat(size)));
    const parts = bySize(rows, 1_000);
    expect(parts.flat()).toEqual(rows);
    expect(parts.map((part) => part.length)).toEqual([3, 1, 1]);
  });
});
