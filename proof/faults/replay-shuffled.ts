import {
  forceEventsTopic,
  forceGroupPrefix,
  serviceGroupPrefix,
  unitRequestsTopic,
  type WireMessage,
} from '#contracts';
import { KafkaPublisher, readTopic } from '#messaging';
import { shuffle } from '../trial/random.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/**
 * Publishes two thirds of the messages to a unit and to the forces again, in random order, as the services
 * that may publish them. An answered request must stay answered, and no force may get a second event.
 */
export async function replayShuffled({
  system,
  sides,
  random,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const [unit] = system.units as [string];
  const publishers = {
    intake: await KafkaPublisher.connect(system.kafkaSettings('intake')),
    unit: await KafkaPublisher.connect(system.kafkaSettings(unit)),
  };
  let count = 0;
  const replay = async (
    publisher: KafkaPublisher,
    topic: string,
    messages: readonly WireMessage[],
  ): Promise<void> => {
    const again = shuffle(random, messages).slice(0, Math.ceil((messages.length * 2) / 3));
    count += again.length;
    for (let start = 0; start < again.length; start += 100)
      await publisher.publish(topic, again.slice(start, start + 100));
  };
  try {
    const topic = unitRequestsTopic(unit);
    const requests = await readTopic(system.kafkaSettings(unit), topic, serviceGroupPrefix(unit));
    await replay(publishers.intake, topic, requests);
    for (const { force, kafka } of sides) {
      const events = await readTopic(kafka, forceEventsTopic(force), forceGroupPrefix(force));
      const own = events.filter(({ headers }) => headers['ce_source']?.toString().endsWith(`/${unit}`));
      await replay(publishers.unit, forceEventsTopic(force), own);
    }
  } finally {
    await Promise.all(Object.values(publishers).map((publisher) => publisher.close()));
  }
  markFaultEnd();
  if (count === 0) throw new Error('there were no messages to replay');
  return `${count} messages replayed`;
}
