import { eventually } from '#testing';
import { Network } from '../network/weather.ts';
import type { Ground } from './ground.ts';

const EVERY = 3;
const LOST_EACH_WAY = 12;
/** An answer that never comes is given up after 20 s, and only then does its lane go on. */
const LOST_WITHIN_MS = 120_000;

/** The broker has the messages and nobody is told: whoever sent them, relay or force, must send again. */
export async function loseProduceReplies({ over }: Ground): Promise<string> {
  const network = new Network();
  const told: string[] = [];
  for (const withConnection of [false, true]) {
    const before = (await network.counts('kafka')).lostReplies;
    const lost = async (): Promise<number> => (await network.counts('kafka')).lostReplies - before;
    await network.during('kafka', { loseProduceReply: { every: EVERY, withConnection } }, () =>
      eventually(async () => (await lost()) >= LOST_EACH_WAY, { withinMs: LOST_WITHIN_MS, everyMs: 250, says: 'answers to be lost' }),
    );
    told.push(`${await lost()} answers lost ${withConnection ? 'with their connection' : 'alone'}`);
  }
  over();
  return told.join(', ');
}
