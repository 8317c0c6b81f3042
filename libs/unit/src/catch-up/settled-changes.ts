import type { CorrectionRequested, Envelope, InformationAdded, RequestChanged } from '#contracts';
import { newId } from '#kernel';
import { takeIn, type PoolClient } from '#persistence';
import { KEEP_CORRECTION } from '../arrive/arrive.sql.ts';
import type { ReceivedFromForce } from '../arrive/read-batch.ts';
import { KEEP_INFORMATION } from './catch-up.sql.ts';

/**
 * Keeps a change of a force that the unit had settled and published before the database was restored. The
 * consumer never processes it again, because it would refuse what was accepted, or do it twice. Its text or
 * its corrected payload are stored again without an event.
 */
export async function keepSettledChange(
  client: PoolClient,
  { force, value, messageId, contentHash }: ReceivedFromForce,
  { type, value: published }: Envelope<RequestChanged>,
): Promise<void> {
  const [outcome] = await takeIn(client, [{ owningForce: force, messageId, contentHash }]);
  if (outcome !== 'new') return;
  if (type === 'concordat.information-received.v1') {
    const { message, requestedBy, requestId } = value as InformationAdded;
    await client.query({
      name: 'keep-information',
      text: KEEP_INFORMATION,
      values: [force, newId(), requestId, requestedBy, message, published.at],
    });
  }
  if (type === 'concordat.request-corrected.v1') {
    const { changeId, payload: correction, reason, requestedBy, requestId } = value as CorrectionRequested;
    await client.query({
      name: 'keep-settled-correction',
      text: KEEP_CORRECTION,
      values: [
        ...[force, changeId, requestId, published.sequence, JSON.stringify(correction)],
        ...[JSON.stringify(published.payload), reason, requestedBy, published.at],
      ],
    });
  }
}
