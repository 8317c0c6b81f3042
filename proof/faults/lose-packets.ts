import { setTimeout as pause } from 'node:timers/promises';
import { whileLosingPackets } from '../network/packet-loss.ts';
import type { Door } from '../trial/journal.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const LOSSY_MS = 60_000;

/** Drops one in five packets to and from PostgreSQL and the broker. REST and Kafka must both go on. */
export async function losePackets({ system, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const { kafka, postgres } = system.run();
  const ports = [postgres.port, ...kafka.brokers.map((broker) => Number(broker.split(':')[1]))];
  const since = Date.now();
  const { lost, result } = await whileLosingPackets(ports, async () => {
    await pause(LOSSY_MS);
    await trial.untilServed(since);
    return trial.journal.acknowledged().filter(({ recordedAt }) => recordedAt >= since);
  });
  markFaultEnd();
  if (lost === 0) throw new Error('no packet was lost');
  const by = (door: Door): number => result.filter((entry) => entry.door === door).length;
  return `${lost} packets lost; meanwhile ${by('rest')} accepted over REST, ${by('kafka')} over Kafka`;
}
