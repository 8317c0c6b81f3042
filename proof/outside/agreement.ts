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
    /** The edition as it was found, with all its delegations. */
    private readonly found: AgreementPublished,
    private edition: number,
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
    return new Agreement(editions[0], editions[0].edition, system.kafkaSettings('collaboration'), system);
  }

  /**
   * Publishes a later edition that differs only in its status, or that leaves out the delegations of one
   * force. Returns its number.
   */
  async publish(
    status: AgreementPublished['status'],
    { withoutDelegationsOf }: { readonly withoutDelegationsOf?: string } = {},
  ): Promise<number> {
    this.edition += 1;
    const delegations = this.found.delegations.filter(({ force }) => force !== withoutDelegationsOf);
    const value = { ...this.found, status, delegations, edition: this.edition };
    const attributes = {
      id: newId(),
      source: '/service/collaboration',
      type: 'concordat.agreement-published.v1',
      time: new Date().toISOString(),
    };
    const publisher = await KafkaPublisher.connect(this.publisher);
    try {
      await publisher.publish(AGREEMENTS_TOPIC, [
        encodeEnvelope({ ...attributes, value }, value.agreementId),
      ]);
    } finally {
      await publisher.close();
    }
    return value.edition;
  }

  /** Waits until the tables of intake and of the unit have an edition. */
  async untilKnown(edition: number): Promise<void> {
    const { unit, agreementId } = this.found;
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
      const { rows } = await client.query<{ edition: number }>(query, [this.found.agreementId]);
      return rows[0]?.edition ?? 0;
    } finally {
      await client.end();
    }
  }
}
