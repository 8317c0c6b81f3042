import type { Agreement } from '#agreements';
import { AGREEMENTS_TOPIC, messageCheck, type AgreementPublished } from '#contracts';
import { contentHash, newId } from '#kernel';
import { appendEvents, type Database, type PoolClient } from '#persistence';
import { nextEditions, type PublishedEdition } from './editions.ts';
import { KEEP_EDITION, NEWEST_EDITIONS } from './editions.sql.ts';

/**
 * The owner of collaboration's events. They belong to the alliance as a whole and contain no force's record.
 */
export const ALLIANCE_OWNER = 'alliance';
/** An advisory lock that only this work uses, so that replicas publish one after the other. */
const PUBLISHING = 0x61677265;

const check = messageCheck('concordat.agreement-published.v1');

/** Publishes changed agreements. Unchanged ones are not published again. */
export class AgreementsPublisher {
  constructor(
    private readonly database: Database,
    private readonly nudge: () => void,
    private readonly topic: string = AGREEMENTS_TOPIC,
  ) {}

  /**
   * Copies agreements that have a newer edition on the topic, which happens after an older backup was
   * restored. The next editions then follow those that the readers have; readers ignore a lower edition.
   */
  async adopt(onTopic: readonly PublishedEdition[]): Promise<PublishedEdition[]> {
    return this.database.transaction([ALLIANCE_OWNER], async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [PUBLISHING]);
      const known = new Map(
        (await newestEditions(client)).map(({ agreement, edition }) => [agreement.agreementId, edition]),
      );
      const newer = onTopic.filter(
        ({ agreement, edition }) => edition > (known.get(agreement.agreementId) ?? 0),
      );
      await keepEditions(client, newer);
      return newer;
    });
  }

  /** Returns the new editions. */
  async publish(agreements: readonly Agreement[]): Promise<PublishedEdition[]> {
    const editions = await this.database.transaction([ALLIANCE_OWNER], async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [PUBLISHING]);
      const next = nextEditions(agreements, await newestEditions(client));
      await keepEditions(client, next);
      await announceEditions(client, next, this.topic);
      return next;
    });
    if (editions.length > 0) this.nudge();
    return editions;
  }
}

/** Reads the newest edition of every agreement, including ended ones. */
export async function newestEditions(client: PoolClient): Promise<PublishedEdition[]> {
  const { rows } = await client.query<PublishedEdition>(NEWEST_EDITIONS);
  return rows;
}

async function keepEditions(client: PoolClient, editions: readonly PublishedEdition[]): Promise<void> {
  for (const { agreement, edition } of editions) {
    await client.query(KEEP_EDITION, [
      agreement.agreementId,
      edition,
      JSON.stringify(agreement),
      contentHash(agreement),
    ]);
  }
}

async function announceEditions(
  client: PoolClient,
  editions: readonly PublishedEdition[],
  topic: string,
): Promise<void> {
  const time = new Date().toISOString();
  await appendEvents(
    client,
    editions.map(({ agreement, edition }) => ({
      owningForce: ALLIANCE_OWNER,
      eventId: newId(),
      requestId: null,
      type: 'concordat.agreement-published.v1',
      time,
      topic,
      key: agreement.agreementId,
      source: '/service/collaboration',
      data: messageOf(agreement, edition),
    })),
  );
}

/** Builds the message. It refuses a catalogue whose message the readers would refuse. */
function messageOf(agreement: Agreement, edition: number): AgreementPublished {
  const message = { ...agreement, edition } as unknown as AgreementPublished;
  const faults = check.faults(message, '');
  if (faults.length > 0) {
    throw new Error(
      `${agreement.agreementId} cannot be published: ${faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')}`,
    );
  }
  return message;
}
