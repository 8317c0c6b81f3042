import { describe, expect, it } from '@jest/globals';
import { encodeEnvelope, Refusal } from '#contracts';
import { deliverBatch, type DeliveryPort } from './batch-delivery.ts';
import type { DeadLetter } from './dead-letter.ts';
import { faultFrames } from './handler-fault.ts';
import type { Delivery, ReceivedMessage } from './received-message.ts';

const TOPIC = 'force.bedfordshire.requests.v1';

function message(offset: number, value: unknown = { offset }): ReceivedMessage {
  const wire = encodeEnvelope({
    id: `m-${offset}`,
    source: '/force/bedfordshire',
    type: 'concordat.test.v1',
    time: '2026-01-05T09:00:00Z',
    value,
  });
  return {
    ...wire,
    topic: TOPIC,
    partition: 0,
    offset: String(offset),
    timestamp: '0',
    rawKey: null,
    rawHeaders: Object.entries(wire.headers).map(([name, text]) => [name, Buffer.from(text)] as const),
  };
}

const messages = (count: number): ReceivedMessage[] =>
  Array.from({ length: count }, (_, offset) => message(offset));

/** A handler with transactions: what a failing call did is undone. */
function port(poison: (delivery: Delivery) => Error | undefined, more: Partial<DeliveryPort> = {}) {
  const seen = {
    effects: [] as string[],
    letters: [] as DeadLetter[],
    defects: [] as string[],
    calls: 0,
    waits: 0,
    recovered: 0,
  };
  const made: DeliveryPort = {
    handle: async (batch) => {
      seen.calls += 1;
      for (const delivery of batch) {
        const fault = poison(delivery);
        if (fault) throw fault;
      }
      seen.effects.push(...batch.map(({ envelope }) => envelope.id));
    },
    keep: async (letters) => void seen.letters.push(...letters),
    isTransient: (error) => (error as Error).message === 'away',
    waitToRetry: async () => {
      seen.waits += 1;
      return true;
    },
    defect: ({ envelope }) => void seen.defects.push(envelope.id),
    recovered: () => void (seen.recovered += 1),
    ...more,
  };
  return { seen, made };
}

describe('a batch is delivered', () => {
  it('in one call when nothing is wrong with it', async () => {
    const { seen, made } = port(() => undefined);
    expect(await deliverBatch(messages(200), made)).toBe(true);
    expect(seen).toMatchObject({ calls: 1, letters: [], waits: 0 });
    expect(seen.effects).toHaveLength(200);
  });

  it('around a poison in its middle: each other message has its effect once, in order', async () => {
    const { seen, made } = port(({ envelope }) => (envelope.id === 'm-117' ? new TypeError('x') : undefined));
    expect(await deliverBatch(messages(200), made)).toBe(true);
    expect(seen.effects).toEqual(
      Array.from({ length: 200 }, (_, at) => `m-${at}`).filter((id) => id !== 'm-117'),
    );
    expect(seen.letters.map(({ message: { offset }, problem }) => [offset, problem.code])).toEqual([
      ['117', 'internal-error'],
    ]);
    expect(seen.calls).toBeLessThanOrEqual(2 * 8 + 1);
  });

  it('with one report of a defect, and its name and message in the letter without what the message holds', async () => {
    const fault = new RangeError(`no place for AB12 CDE, "secret" and ${'x'.repeat(1_000)}`);
    const { seen, made } = port(({ envelope }) => (envelope.id === 'm-2' ? fault : undefined));
    const batch = [message(0), message(1), message(2, { plate: ['AB12 CDE'] }), message(3)];
    await deliverBatch(batch, made);
    expect(seen.defects).toEqual(['m-2']);
    expect(seen.letters[0]?.fault).toMatch(/^RangeError: no place for …, "…" and x+$/);
    expect(seen.letters[0]?.fault).toHaveLength(300);
    expect(seen.letters[0]?.problem.detail).toBe('The message could not be handled (RangeError).');
    expect(faultFrames(fault)).toMatch(/^at /);
    expect(faultFrames(fault)).not.toContain('AB12');
  });

  it('around several poisons, each kept with the refusal it caused', async () => {
    const { seen, made } = port(({ envelope }) =>
      /[37]$/.test(envelope.id) ? new Refusal('unknown-type', `not ${envelope.id}`) : undefined,
    );
    await deliverBatch(messages(20), made);
    expect(seen.letters.map(({ problem }) => problem.detail)).toEqual([
      'not m-3',
      'not m-7',
      'not m-13',
      'not m-17',
    ]);
    expect(seen.effects).toHaveLength(16);
  });

  it('past messages that cannot be read, without calling the handler for them', async () => {
    const { seen, made } = port(() => undefined);
    await deliverBatch(
      [message(0), { ...message(1), value: null }, { ...message(2), value: Buffer.from('{') }, message(3)],
      made,
    );
    expect(seen.effects).toEqual(['m-0', 'm-3']);
    expect(
      seen.letters.map(({ message: { offset }, problem, force }) => [offset, problem.code, force]),
    ).toEqual([
      ['1', 'malformed-json', 'bedfordshire'],
      ['2', 'malformed-json', 'bedfordshire'],
    ]);
  });

  it('after a wait when what it needs is away, with no dead letter', async () => {
    let away = 3;
    const { seen, made } = port(() => (away-- > 0 ? new Error('away') : undefined));
    expect(await deliverBatch(messages(5), made)).toBe(true);
    expect(seen).toMatchObject({ waits: 3, letters: [], recovered: 1 });
    expect(seen.effects).toHaveLength(5);
  });

  it('not at all when the partition was lost while waiting', async () => {
    const { seen, made } = port(() => new Error('away'), { waitToRetry: async () => false });
    expect(await deliverBatch(messages(5), made)).toBe(false);
    expect(seen).toMatchObject({ effects: [], letters: [] });
  });

  it('only when its dead letters are kept: a store that fails is asked again', async () => {
    let failures = 2;
    const kept: DeadLetter[] = [];
    const { made } = port(() => undefined, {
      keep: async (letters) => {
        if (failures-- > 0) throw new SyntaxError('not now');
        kept.push(...letters);
      },
    });
    expect(await deliverBatch([{ ...message(0), value: null }], made)).toBe(true);
    expect(kept).toHaveLength(1);
  });

  it('and a refusal is never taken for a fault that passes', async () => {
    const { seen, made } = port(() => new Refusal('unavailable', 'away'), { isTransient: () => true });
    await deliverBatch(messages(1), made);
    expect(seen).toMatchObject({ waits: 0 });
    expect(seen.letters).toHaveLength(1);
  });
});
