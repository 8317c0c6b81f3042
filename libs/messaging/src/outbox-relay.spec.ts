import { describe, expect, it } from '@jest/globals';
import type { OutboxBatch, OutboxRow, OutboxSource, UnsentRows } from '#contracts';
import { eventually } from '#testing';
import { OutboxRelay } from './outbox-relay.ts';
import type { OutboxSender, SendableRow } from './outbox-sender.ts';
import { byLane, bySize } from './relay-lanes.ts';

const settings = {
  brokers: [],
  username: '',
  password: '',
  tls: false,
  clientId: 'test',
  log: () => undefined,
};
const row = (key: string | null, value: string): OutboxRow => ({ key, topic: 't', headers: {}, value });

/** An outbox in memory: read position and confirmed position, as the real one. */
class MemorySource implements OutboxSource {
  readonly rows: OutboxRow[] = [];
  read = 0;
  confirmed = 0;
  mayLead = true;
  released = 0;
  /** Confirmations that did not move forward: the relay would swallow an assertion made in there. */
  readonly confirmedBackwards: [from: number, to: number][] = [];
  aside: { row: OutboxRow; reason: string; waits: boolean }[] = [];

  async lead(): Promise<boolean> {
    return this.mayLead;
  }
  async next(limit: number): Promise<OutboxBatch> {
    const rows = this.rows.slice(this.read, this.read + limit);
    const end = (this.read += rows.length);
    return {
      rows,
      confirm: async () => {
        if (end <= this.confirmed) this.confirmedBackwards.push([this.confirmed, end]);
        this.confirmed = end;
      },
    };
  }
  async setAside(rows: readonly OutboxRow[], why: { reason: string; waits: boolean }): Promise<void> {
    this.aside = [
      ...this.aside.filter(({ row: one }) => !rows.includes(one)),
      ...rows.map((one) => ({ row: one, ...why })),
    ];
  }
  async unsent(): Promise<UnsentRows> {
    const waiting = new Map(
      this.aside.filter(({ waits }) => waits).map(({ row: { topic }, reason }) => [topic, reason]),
    );
    return {
      never: this.aside.filter(({ waits }) => !waits).length,
      waiting: [...waiting].map(([topic, reason]) => ({ topic, reason })),
    };
  }
  async nextWaiting(topic: string, limit: number): Promise<OutboxBatch> {
    const found = this.aside.filter(({ row: one, waits }) => waits && one.topic === topic).slice(0, limit);
    return {
      rows: found.map(({ row: one }) => one),
      confirm: async () => void (this.aside = this.aside.filter((one) => !found.includes(one))),
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
  expect(source.confirmedBackwards).toEqual([]);
  return { source, sender };
}

describe('the relay', () => {
  it('keeps the order of a key and never has two sends of it in flight', async () => {
    const { sender, source } = await relayed(0);
    expect(sender.overlaps).toBe(0);
    expect(sender.sent).toHaveLength(300);
    for (const values of firstArrivals(sender.sent).values())
      expect(values).toEqual([...values].sort((a, b) => a - b));
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
    let tries = 0;
    sender.send = async (rows) => {
      tries += 1;
      if (away) throw new Error('the broker is away');
      sender.sent.push(...rows);
    };
    const relay = new OutboxRelay({ settings, source, sender, isTransient: () => true });
    source.rows.push(row('a', '1'));
    relay.start();
    await eventually(() => relay.status().failing === 'Error: the broker is away');
    expect(source.confirmed).toBe(0);
    // However much is committed meanwhile, it waits between its tries.
    for (let commit = 0; commit < 50; commit += 1) {
      relay.nudge();
      await new Promise((done) => setImmediate(done));
    }
    expect(tries).toBeLessThan(10);
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

/**
 * Errors in the shape of the client library. The second kind is wrapped, because the library retries it
 * first.
 */
const refusal = (type: string): Error => Object.assign(new Error(type), { type });
const wrapped = (type: string): Error => new Error('retries exceeded', { cause: refusal(type) });

/** A broker that refuses a whole send for one row in it. */
class RefusingSender extends SlowSender {
  constructor(readonly refuses: (row: SendableRow) => Error | undefined) {
    super();
  }
  override async send(rows: readonly SendableRow[]): Promise<void> {
    for (const one of rows) {
      const fault = this.refuses(one);
      if (fault) throw fault;
    }
    await super.send(rows);
  }
}

describe('a row that the broker refuses', () => {
  const rowsOf = (count: number, topicOf: (at: number) => string = () => 't'): OutboxRow[] =>
    Array.from({ length: count }, (_, at) => ({ ...row(`key-${at % 5}`, String(at)), topic: topicOf(at) }));
  const sentValues = (sender: SlowSender): string[] => [
    ...new Set(sender.sent.map(({ value }) => String(value))),
  ];

  it('for good is kept with the reason, and everything else goes on in order', async () => {
    const source = new MemorySource();
    source.rows.push(...rowsOf(200));
    const poison = new Map([
      ['17', 'MESSAGE_TOO_LARGE'],
      ['140', 'INVALID_RECORD'],
    ]);
    const sender = new RefusingSender(({ value }) => {
      const type = poison.get(String(value));
      return type === undefined ? undefined : refusal(type);
    });
    const relay = new OutboxRelay({ settings, source, sender, batchMax: 20, isTransient: () => true });
    relay.start();
    await eventually(() => source.confirmed === 200, { says: 'everything confirmed' });
    expect(source.aside.map(({ row: { value }, reason, waits }) => [value, reason, waits])).toEqual([
      ['17', 'MESSAGE_TOO_LARGE', false],
      ['140', 'INVALID_RECORD', false],
    ]);
    expect(sentValues(sender)).toHaveLength(198);
    for (const values of firstArrivals(sender.sent).values())
      expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(relay.status()).toMatchObject({ failing: null, unsent: 2, waitingTopics: {} });
    expect(await relay.health().check()).toEqual({
      ok: true,
      detail: 'leading; some messages are kept unsent',
      figures: { pending: 0, unsent: 2 },
    });
    await relay.stop();
    expect(source.confirmedBackwards).toEqual([]);
  });

  it.each([
    ['may not write to', refusal('TOPIC_AUTHORIZATION_FAILED'), 'TOPIC_AUTHORIZATION_FAILED'],
    ['does not know', wrapped('UNKNOWN_TOPIC_OR_PARTITION'), 'UNKNOWN_TOPIC_OR_PARTITION'],
  ])(
    'with its topic, which the service %s, waits in order and holds up no other topic',
    async (_says, fault, reason) => {
      const source = new MemorySource();
      source.rows.push(...rowsOf(120, (at) => (at % 3 === 0 ? 'denied' : 'open')));
      let denied = true;
      const sender = new RefusingSender(({ topic }) => (denied && topic === 'denied' ? fault : undefined));
      const topicRetry = { firstMs: 5, maxMs: 10 };
      const relay = new OutboxRelay({
        settings,
        source,
        sender,
        batchMax: 20,
        isTransient: () => true,
        topicRetry,
      });
      relay.start();
      await eventually(() => source.confirmed === 120, { says: 'everything confirmed' });
      expect(sentValues(sender)).toHaveLength(80);
      expect(source.aside).toHaveLength(40);
      await eventually(() => relay.status().waitingTopics['denied'] === reason);
      expect(await relay.health().check()).toMatchObject({
        ok: true,
        detail: expect.stringContaining('refused by the broker: denied'),
      });
      denied = false;
      await eventually(() => source.aside.length === 0, { says: 'the topic is taken again' });
      source.rows.push(...rowsOf(10, () => 'denied').map((one, at) => ({ ...one, value: String(120 + at) })));
      await eventually(() => source.confirmed === 130);
      expect(sentValues(sender)).toHaveLength(130);
      const ofTopic = sender.sent.filter(({ topic }) => topic === 'denied');
      for (const values of firstArrivals(ofTopic).values())
        expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(relay.status()).toMatchObject({ unsent: 0, waitingTopics: {} });
      await relay.stop();
    },
  );

  it('and waited for under an earlier leader still goes before what is new', async () => {
    const source = new MemorySource();
    await source.setAside([row('a', '1')], { reason: 'TOPIC_AUTHORIZATION_FAILED', waits: true });
    source.rows.push(row('a', '2'));
    const sender = new SlowSender();
    const relay = new OutboxRelay({ settings, source, sender, isTransient: () => true });
    relay.start();
    await eventually(() => source.confirmed === 1);
    expect(sender.sent.map(({ value }) => value)).toEqual(['1', '2']);
    await relay.stop();
  });
});

describe('a stop', () => {
  it('ends in bounded time when a broker hangs with as much in flight as there may be', async () => {
    const source = new MemorySource();
    source.rows.push(...Array.from({ length: 50 }, (_, at) => row('a', String(at))));
    const sender = new SlowSender();
    const never = Promise.withResolvers<void>();
    sender.send = () => never.promise;
    const relay = new OutboxRelay({
      settings,
      source,
      sender,
      batchMax: 5,
      isTransient: () => true,
      drainMsMax: 50,
    });
    relay.start();
    await eventually(() => relay.status().pending === 15, { says: 'three batches in flight' });
    let stopped = false;
    const stop = relay.stop().then(() => (stopped = true));
    await eventually(() => stopped, { withinMs: 5_000, says: 'the relay has stopped' });
    await stop;
    expect(source.released).toBe(1);
    expect(source.confirmed).toBe(0);
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
