import { AGREEMENTS_TOPIC, encodeEnvelope, serviceGroupPrefix, type AgreementPublished } from '#contracts';
import { newId } from '#kernel';
import { KafkaPublisher, readTopic, type KafkaSettings } from '#messaging';
import type { RunningSystem } from './running-system.ts';

/**
 * The agreement of a unit. A test can publish it with another status, with the credential of collaboration.
 */
export class Agreement {
  private constructor(
    private newest: AgreementPublished,
    private readonly publisher: KafkaSettings,
  ) {}

  static async load(unit: string, system: RunningSystem): Promise<Agreement> {
    const settings = system.kafkaSettings(unit);
    const messages = await readTopic(settings, AGREEMENTS_TOPIC, serviceGroupPrefix(unit));
    const editions = messages
      .map(({ value }) => JSON.parse(value?.toString('utf8') ?? '{}') as AgreementPublished)
      .filter((agreement) => agreement.unit === unit)
      .sort((a, b) => b.edition - a.edition);
    if (!editions[0]) throw new Error(`no agreement names ${unit}`);
    return new Agreement(editions[0], system.kafkaSettings('collaboration'));
  }

  /** Publishes a later edition that differs only in its status. */
  async publish(status: AgreementPublished['status']): Promise<void> {
    this.newest = { ...this.newest, status, edition: this.newest.edition + 1 };
    const attributes = {
      id: newId(),
      source: '/service/collaboration',
      type: 'concordat.agreement-published.v1',
      time: new Date().toISOString(),
    };
    const publisher = await KafkaPublisher.connect(this.publisher);
    try {
      await publisher.publish(AGREEMENTS_TOPIC, [
        encodeEnvelope({ ...attributes, value: this.newest }, this.newest.agreementId),
      ]);
    } finally {
      await publisher.close();
    }
  }
}
