import type { Agreement } from '#agreements';
import {
  decodeEnvelope,
  expectMessage,
  Refusal,
  serviceGroupPrefix,
  type AgreementPublished,
} from '#contracts';
import { within } from '#kernel';
import { readTopic, type KafkaSettings } from '#messaging';
import type { PublishedEdition } from './editions.ts';

/**
 * A topic with a few dozen agreements is read in a second; a broker that takes longer is unreachable or
 * refuses.
 */
const READ_WITHIN_MS = 60_000;

/**
 * Reads the newest edition of each agreement from the topic, as its readers do, independent of our own
 * database.
 */
export async function publishedAgreements(
  settings: KafkaSettings,
  topic: string,
): Promise<PublishedEdition[]> {
  const reading = readTopic(settings, topic, serviceGroupPrefix('collaboration'));
  const messages = await within(READ_WITHIN_MS, reading, () => {
    throw new Error(`${topic} could not be read within ${READ_WITHIN_MS} ms`);
  });
  return newestOf(messages);
}

function newestOf(messages: readonly Parameters<typeof decodeEnvelope>[0][]): PublishedEdition[] {
  const newest = new Map<string, PublishedEdition>();
  for (const message of messages) {
    const value = agreementIn(message);
    if (!value || value.edition <= (newest.get(value.agreementId)?.edition ?? 0)) continue;
    const { edition, ...agreement } = value;
    // The checked message has the fields of an agreement and the edition.
    newest.set(value.agreementId, { agreement: agreement as unknown as Agreement, edition });
  }
  return [...newest.values()];
}

/**
 * Returns undefined for a message that readers keep as a dead letter, and for the tombstone of an agreement.
 */
function agreementIn(message: Parameters<typeof decodeEnvelope>[0]): AgreementPublished | undefined {
  if (message.value === null) return undefined;
  try {
    return expectMessage(decodeEnvelope(message), ['concordat.agreement-published.v1']).value;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
