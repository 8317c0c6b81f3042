import { eventually } from '#testing';
import { Network } from '../network/network-control.ts';
import type { Ground } from './fault-environment.ts';

/** An answer that never comes is given up after 20 s, and only then does its lane go on. */
const LOST_WITHIN_MS = 120_000;

const WAYS = [
  { every: 3, withConnection: false, answers: 12, forMs: 0, told: 'answers lost alone' },
  { every: 3, withConnection: true, answers: 12, forMs: 0, told: 'lost with their connection' },
  // Until who sends has given up with one batch, and comes back with that and what has gathered since.
  { every: 1, withConnection: true, answers: 12, forMs: 20_000, told: 'one after the other' },
];

/** The broker has the messages and nobody is told: whoever sent them, relay or force, must send again. */
export async function loseProduceReplies({ over }: Ground): Promise<string> {
  const network = new Network();
  const told: string[] = [];
  for (const { every, withConnection, answers, forMs, told: how } of WAYS) {
    const until = performance.now() + forMs;
    const before = (await network.counts('kafka')).lostReplies;
    const lost = async (): Promise<number> => (await network.counts('kafka')).lostReplies - before;
    await network.during('kafka', { loseProduceReply: { every, withConnection } }, () =>
      eventually(async () => (await lost()) >= answers && performance.now() >= until, {
        withinMs: LOST_WITHIN_MS,
        everyMs: 250,
        says: 'answers to be lost',
      }),
    );
    told.push(`${await lost()} ${how}`);
  }
  over();
  return told.join(', ');
}
