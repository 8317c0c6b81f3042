import { describe, expect, it } from '@jest/globals';
import { Frames, KafkaConversation } from './kafka-conversation.ts';

function frame(...parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const body = Buffer.concat(
    parts.map(([bytes, value]) => {
      const part = Buffer.alloc(bytes);
      part.writeIntBE(value, 0, bytes);
      return part;
    }),
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

const request = (kind: number, number: number): Buffer => frame([2, kind], [2, 9], [4, number], [4, 77]);
const answer = (number: number): Buffer => frame([4, number], [4, 77]);

describe('a stream of Kafka frames', () => {
  it('gives whole frames, wherever the stream was cut', () => {
    const sent = [request(0, 1), request(3, 2), answer(3)];
    const frames = new Frames();
    const got: Buffer[] = [];
    for (const byte of Buffer.concat(sent)) got.push(...frames.push(Buffer.from([byte])));
    expect(got).toEqual(sent);
    expect(new Frames().push(Buffer.concat(sent))).toEqual(sent);
  });
});

describe('a conversation with the broker', () => {
  it('recognises the answer to a produce request by its number, only once', () => {
    const conversation = new KafkaConversation();
    conversation.request(request(3, 5));
    conversation.request(request(0, 6));
    expect([5, 6, 6].map((number) => conversation.answer(answer(number)).produced)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('recognises a request to join a group', () => {
    const conversation = new KafkaConversation();
    expect([11, 12].map((kind) => conversation.request(request(kind, 1)).joins)).toEqual([true, false]);
  });
});
