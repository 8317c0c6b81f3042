import { setTimeout as pause } from 'node:timers/promises';
import { losingPackets } from '../network/packet-loss.ts';
import type { Door } from '../trial/journal.ts';
import type { Ground } from './fault-environment.ts';

const LOSSY_MS = 60_000;

/** Every packet between the services and their parts, and of a force that publishes, is lost with the chance of a fifth; both doors go on. */
export async function losePackets({ system, trial, over }: Ground): Promise<string> {
  const { kafka, postgres } = system.run();
  const ports = [postgres.port, ...kafka.brokers.map((broker) => Number(broker.split(':')[1]))];
  const since = Date.now();
  const { lost, result } = await losingPackets(ports, async () => {
    await pause(LOSSY_MS);
    await trial.untilServed(since);
    return trial.journal.acknowledged().filter(({ meantAt }) => meantAt >= since);
  });
  over();
  if (lost === 0) throw new Error('no packet was lost');
  const by = (door: Door): number => result.filter((entry) => entry.door === door).length;
  return `${lost} packets lost; meanwhile ${by('rest')} accepted by REST, ${by('kafka')} by Kafka`;
}
