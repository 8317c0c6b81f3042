import { describe, expect, it } from '@jest/globals';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { encodeEnvelope, Refusal } from '#contracts';
import { deadLetter } from './dead-letter.ts';
import { readDelivery, receivedMessage } from './received-message.ts';

const good = encodeEnvelope({
  id: 'a',
  source: '/x',
  type: 't',
  time: '2026-01-05T09:00:00Z',
  owningForce: 'hertfordshire',
  value: { a: 1 },
});

function raw(headers: IHeaders, value: Buffer | null = good.value): KafkaMessage {
  return { key: Buffer.from([0xff, 0x00]), value, timestamp: '1', attributes: 0, offset: '7', headers };
}
const goodHeaders = (): IHeaders =>
  Object.fromEntries(Object.entries(good.headers).map(([name, text]) => [name, Buffer.from(text)]));

describe('a received message', () => {
  it('keeps the bytes of key, headers and value', () => {
    const message = receivedMessage('t', 3, raw({ ...goodHeaders(), odd: Buffer.from([0xc3, 0x28]) }));
    expect(message.rawKey).toEqual(Buffer.from([0xff, 0x00]));
    expect(message.rawHeaders.find(([name]) => name === 'odd')?.[1]).toEqual(Buffer.from([0xc3, 0x28]));
    expect(message).toMatchObject({ topic: 't', partition: 3, offset: '7' });
  });

  it('is refused for a header that is not UTF-8, naming it', () => {
    const message = receivedMessage(
      't',
      0,
      raw({ ...goodHeaders(), ['b\u0007ad']: Buffer.from([0xc3, 0x28]) }),
    );
    expect(() => readDelivery(message)).toThrow(
      new Refusal('invalid-request', 'The header b?ad is not valid UTF-8.'),
    );
  });

  it('survives repeated, empty and inherited header names', () => {
    const hostile = Object.defineProperty(
      { ...goodHeaders(), twice: [Buffer.from('1'), Buffer.from('2')] },
      '__proto__',
      {
        value: [Object.prototype, Buffer.from('p')],
        enumerable: true,
      },
    );
    const message = receivedMessage(
      't',
      0,
      raw({ ...hostile, constructor: [Object, Buffer.from('c')], none: undefined } as unknown as IHeaders),
    );
    expect(message.headers['twice']).toBe('2');
    expect(Object.getPrototypeOf(message.headers)).toBe(Object.prototype);
    expect(readDelivery(message).envelope).toMatchObject({
      id: 'a',
      owningForce: 'hertfordshire',
      value: { a: 1 },
    });
  });

  it('becomes the dead letter of the force that the topic names, then of the header, then of nobody', () => {
    const forceOf = (topic: string, headers: IHeaders): string =>
      deadLetter(receivedMessage(topic, 0, raw(headers)), new Error('x')).force;
    expect(forceOf('force.cambridgeshire.requests.v1', goodHeaders())).toBe('cambridgeshire');
    expect(forceOf('unit.fleet.requests.v1', goodHeaders())).toBe('hertfordshire');
    expect(forceOf('unit.fleet.requests.v1', { ce_owningforce: Buffer.from("'; drop") })).toBe(
      'unattributed',
    );
  });

  it('tells a force nothing of the inside of a defect', () => {
    const { problem } = deadLetter(receivedMessage('t', 0, raw({})), new TypeError('secret at /srv/app.js'));
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problem).toMatchObject({ code: 'internal-error', kind: 'system' });
  });
});
