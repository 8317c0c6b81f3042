import { setTimeout as pause } from 'node:timers/promises';
import { unitRequestsTopic } from '#contracts';
import { eventually } from '#testing';
import { asBrokerAdmin } from './broker-admin.ts';
import type { Ground } from './fault-environment.ts';

/** A frozen broker is missed after its session with the controllers, 9 s, and by clients after 20 s without an answer. */
const SERVED_BY_TWO = 20;
const ALONE_MS = 20_000;
/** Two brokers start at once, and neither is up before it has found the other. */
const BACK_WITHIN_MS = 120_000;

/**
 * The leader stands still, as a machine that hangs; with two brokers of three both doors go on. Then the second: nothing is
 * written any more, and REST still accepts. Both are killed with -9 and started anew; what waited drains.
 */
export async function loseBrokers({ system, trial, over }: Ground): Promise<string> {
  const [first, second] = await brokersByWork(system);
  const resumes = [system.freeze(first)];
  try {
    await trial.untilServed(Date.now());
    await trial.untilAcknowledged(SERVED_BY_TWO);
    resumes.push(system.freeze(second));
    const since = Date.now();
    await pause(ALONE_MS);
    const accepted = trial.journal
      .acknowledged()
      .filter(({ door, meantAt }) => door === 'rest' && meantAt > since).length;
    if (accepted === 0) throw new Error('REST accepted nothing with one broker of three');
    const killed = [first, second].map((broker) => system.kill(broker));
    over();
    for (const { isBack } of killed)
      await eventually(isBack, { withinMs: BACK_WITHIN_MS, everyMs: 250, says: 'two brokers, started anew' });
    return `two of three brokers went on by both doors; with one, REST accepted ${accepted} in ${ALONE_MS / 1_000} s`;
  } catch (error) {
    for (const resume of resumes) resume();
    throw error;
  }
}

/** The broker that leads the partition of a unit's first request, then another one. */
async function brokersByWork(system: Ground['system']): Promise<[string, string]> {
  const [unit] = system.units as [string];
  const { topics } = await asBrokerAdmin(system, (admin) =>
    admin.fetchTopicMetadata({ topics: [unitRequestsTopic(unit)] }),
  );
  const leader = topics[0]?.partitions[0]?.leader ?? 1;
  const nameOf = (node: number): string => (node === 1 ? 'kafka' : `kafka-${node}`);
  return [nameOf(leader), nameOf((leader % 3) + 1)];
}
