import {
  forceEventsTopic,
  forceGroupPrefix,
  serviceGroupPrefix,
  unitRequestsTopic,
  type WireMessage,
} from '#contracts';
import { KafkaPublisher, readTopic, type KafkaSettings } from '#messaging';
import { shuffled } from '../trial/random.ts';
import type { Ground } from './fault-environment.ts';

/**
 * What was published to a unit, and to a force, is published again by those who may: in another order, and not all of
 * it. A request that is answered must stay so, and nobody may be told twice.
 */
export async function shuffleAndReplay({ system, sides, random, over }: Ground): Promise<string> {
  const settings = (username: string): KafkaSettings => ({
    ...{
      brokers: system.run().kafka.brokers,
      username,
      password: system.kafkaPassword(username),
      tls: false,
    },
    ...{ clientId: `proof-${username}`, log: () => undefined },
  });
  const [unit] = system.units as [string];
  const publishers = {
    intake: await KafkaPublisher.connect(settings('intake')),
    unit: await KafkaPublisher.connect(settings(unit)),
  };
  let count = 0;
  const replay = async (
    publisher: KafkaPublisher,
    topic: string,
    messages: readonly WireMessage[],
  ): Promise<void> => {
    const again = shuffled(random, messages).slice(0, Math.ceil((messages.length * 2) / 3));
    count += again.length;
    for (let start = 0; start < again.length; start += 100)
      await publisher.publish(topic, again.slice(start, start + 100));
  };
  try {
    const requests = await readTopic(settings(unit), unitRequestsTopic(unit), serviceGroupPrefix(unit));
    await replay(publishers.intake, unitRequestsTopic(unit), requests);
    for (const { force, kafka } of sides) {
      const events = await readTopic(kafka, forceEventsTopic(force), forceGroupPrefix(force));
      const own = events.filter(({ headers }) => headers['ce_source']?.toString().endsWith(`/${unit}`));
      await replay(publishers.unit, forceEventsTopic(force), own);
    }
  } finally {
    await Promise.all(Object.values(publishers).map((publisher) => publisher.close()));
  }
  over();
  if (count === 0) throw new Error('there was nothing to replay');
  return `${count} messages replayed`;
}
