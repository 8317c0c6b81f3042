import pg from 'pg';
import { AGREEMENTS_TOPIC, encodeEnvelope, serviceGroupPrefix, type AgreementPublished } from '#contracts';
import { newId } from '#kernel';
import { KafkaPublisher, readTopic, type KafkaSettings } from '#messaging';
import { eventually } from '#testing';
import type { RunningSystem } from './running-system.ts';

const KNOWN_WITHIN_MS = 60_000;

/**
 * The agreement of a unit. A test can publish it with another status, with the credential of collaboration.
 */
export class Agreement {
  private constructor(
    private newest: AgreementPublished,
    private readonly publisher: KafkaSettings,
    private readonly system: RunningSystem,
  ) {}

  static async load(unit: string, system: RunningSystem): Promise<Agreement> {
    const settings = system.kafkaSettings(unit);
    const messages = await readTopic(settings, AGREEMENTS_TOPIC, serviceGroupPrefix(unit));
    const editions = messages
      .map(({ value }) => JSON.parse(value?.toString('utf8') ?? '{}') as AgreementPublished)
      .filter((agreement) => agreement.unit === unit)
      .sort((a, b) => b.edition - a.edition);
    if (!editions[0]) throw new Error(`no agreement names ${unit}`);
    return new Agreement(editions[0], system.kafkaSettings('collaboration'), system);
  }

  /** Publishes a later edition that differs only in its status, and returns its number. */
  async publish(status: AgreementPublished['status']): Promise<number> {
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
    return this.newest.edition;
  }

  /** Waits until the tables of intake and of the unit have an edition. */
  async untilKnown(edition: number): Promise<void> {
    const { unit, agreementId } = this.newest;
    const known = async (): Promise<boolean> => {
      const editions = await Promise.all([
        this.editionIn('intake', `select edition from agreement where agreement_id = $1`),
        this.editionIn(unit, `select edition from agreement where id = $1`),
      ]);
      return editions.every((found) => found >= edition);
    };
    await eventually(known, {
      withinMs: KNOWN_WITHIN_MS,
      says: `edition ${edition} of ${agreementId} in intake and in ${unit}`,
    });
  }

  private async editionIn(service: string, query: string): Promise<number> {
    const client = new pg.Client({ connectionString: this.system.applicationUrl(service) });
    await client.connect();
    try {
      const { rows } = await client.query<{ edition: number }>(query, [this.newest.agreementId]);
      return rows[0]?.edition ?? 0;
    } finally {
      await client.end();
    }
  }
}
