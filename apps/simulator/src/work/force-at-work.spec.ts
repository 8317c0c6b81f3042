import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ForceKafka } from '../attach/force-kafka.ts';
import type { ForceSystem } from '../attach/force-system.ts';
import { replyToQuestions } from './force-at-work.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

interface Published {
  readonly key: string;
  readonly value: Buffer;
}

/** Runs a force whose request has a question at version 5, and returns its messages. */
async function replies(random: number) {
  jest.spyOn(Math, 'random').mockReturnValue(random);
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const rest: unknown[][] = [];
  const published: Published[] = [];
  const publish = async (_topic: string, messages: readonly Published[]): Promise<void> =>
    void published.push(...messages);
  const kafka = Reflect.construct(ForceKafka, [
    'north',
    'force.north.requests.v1',
    { publish },
  ]) as ForceKafka;
  const system = {
    force: 'north',
    rest: {
      list: async function* () {
        yield { id: 'id-1', reference: 'R-1', version: 5 };
      },
      send: async (...sent: unknown[]) => void rest.push(sent),
    },
  } as unknown as ForceSystem;
  await replyToQuestions(system, kafka);
  return { rest, kafka: published.map(({ value }) => JSON.parse(value.toString('utf8')) as unknown) };
}

describe('a simulated force that replies to a question', () => {
  it('names over REST the question that it answers', async () => {
    expect(await replies(0.9)).toEqual({
      rest: [['id-1', 'reply', { message: expect.any(String), questionVersion: 5 }]],
      kafka: [],
    });
  });

  it('names over Kafka the question that it answers', async () => {
    expect(await replies(0.45)).toEqual({
      rest: [],
      kafka: [{ requestId: 'id-1', message: expect.any(String), questionVersion: 5 }],
    });
  });
});
