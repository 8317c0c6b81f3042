import { eventually } from '#testing';
import { NetworkControl } from '../network/network-control.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/** The relay waits up to 20 s for a lost answer, and only then does its lane continue. */
const LOST_WITHIN_MS = 120_000;

const CASES = [
  { every: 3, withConnection: false, answers: 12, forMs: 0, description: 'answers lost' },
  { every: 3, withConnection: true, answers: 12, forMs: 0, description: 'lost with their connection' },
  // This lasts until a sender gives up a batch and comes back with that batch and newer messages.
  { every: 1, withConnection: true, answers: 12, forMs: 20_000, description: 'lost in a row' },
];

/**
 * The broker stores messages, but its confirmation is lost. The sender, a relay or a force, must send again.
 */
export async function loseProduceReplies({ markFaultEnd }: FaultEnvironment): Promise<string> {
  const network = new NetworkControl();
  const observations: string[] = [];
  for (const { every, withConnection, answers, forMs, description } of CASES) {
    const until = performance.now() + forMs;
    const before = (await network.counts('kafka')).lostReplies;
    const lost = async (): Promise<number> => (await network.counts('kafka')).lostReplies - before;
    await network.during('kafka', { loseProduceReply: { every, withConnection } }, () =>
      eventually(async () => (await lost()) >= answers && performance.now() >= until, {
        withinMs: LOST_WITHIN_MS,
        everyMs: 250,
        says: 'the loss of answers',
      }),
    );
    observations.push(`${await lost()} ${description}`);
  }
  markFaultEnd();
  return observations.join(', ');
}
