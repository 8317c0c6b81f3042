import { setTimeout as pause } from 'node:timers/promises';
import { unitRequestsTopic } from '#contracts';
import { eventually } from '#testing';
import { asBrokerAdmin } from './broker-admin.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const SERVED_BY_TWO = 20;
/** The controllers notice a frozen broker after 9 s, and clients after 20 s without an answer. */
const ALONE_MS = 20_000;
/** Two brokers start at once, and each one is ready only after it has found the other. */
const BACK_WITHIN_MS = 120_000;

/**
 * Freezes the leading broker, like a machine that hangs: with two of three brokers, REST and Kafka must both
 * go on. Then it freezes a second broker: the topics take no messages any more, but REST must still accept.
 * Finally it kills both with -9; after their restart the waiting messages must be sent.
 */
export async function loseBrokers({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const [first, second] = await chooseBrokers(system);
  const resumes = [system.freeze(first)];
  try {
    await trial.untilServed(Date.now());
    await trial.untilAcknowledged(SERVED_BY_TWO);
    resumes.push(system.freeze(second));
    const since = Date.now();
    await pause(ALONE_MS);
    const accepted = trial.journal.acknowledgedCount('rest', since);
    if (accepted === 0) throw new Error('REST accepted nothing with one of three brokers');
    const killed = [first, second].map((broker) => system.kill(broker));
    markFaultEnd();
    for (const { isBack } of killed)
      await eventually(isBack, {
        withinMs: BACK_WITHIN_MS,
        everyMs: 250,
        says: 'the restart of two brokers',
      });
    return `with two of three brokers, REST and Kafka went on; with one, REST accepted ${accepted} in ${ALONE_MS / 1_000} s`;
  } catch (error) {
    for (const resume of resumes) resume();
    throw error;
  }
}

/** Returns the broker that leads the first partition of a unit's requests topic, and one other broker. */
async function chooseBrokers(system: FaultEnvironment['system']): Promise<[string, string]> {
  const [unit] = system.units as [string];
  const { topics } = await asBrokerAdmin(system, (admin) =>
    admin.fetchTopicMetadata({ topics: [unitRequestsTopic(unit)] }),
  );
  const leader = topics[0]?.partitions[0]?.leader ?? 1;
  const nameOf = (node: number): string => (node === 1 ? 'kafka' : `kafka-${node}`);
  return [nameOf(leader), nameOf((leader % 3) + 1)];
}
