import { expectMessage, type AgreementPublished, type Envelope } from '#contracts';
import type { PoolClient } from '#persistence';
import type { UnitRuntime } from '../unit-runtime.ts';
import { KEEP_AGREEMENT } from './delegation.sql.ts';

/**
 * Keeps the newest edition of each agreement this unit works under, with its delegations. An older edition,
 * or the same one again, changes nothing, so that the topic can be read from its beginning at any time.
 */
export async function keepAgreements(unit: UnitRuntime, envelopes: readonly Envelope[]): Promise<void> {
  const mine = envelopes
    .map((envelope) => expectMessage(envelope, ['concordat.agreement-published.v1']).value)
    .filter(({ unit: slug }) => slug === unit.definition.slug);
  if (mine.length === 0) return;
  await unit.database.transaction(unit.forces, async (client) => {
    for (const agreement of mine) await keepAgreement(client, unit, agreement);
  });
}

async function keepAgreement(
  client: PoolClient,
  unit: UnitRuntime,
  agreement: AgreementPublished,
): Promise<void> {
  // Only a participant can delegate, and a force that is not served here has nothing to decide.
  const delegations = agreement.delegations.filter(
    ({ force }) => agreement.participants.includes(force) && unit.serves(force),
  );
  await client.query({
    name: 'keep-agreement',
    text: KEEP_AGREEMENT,
    values: [JSON.stringify({ ...agreement, id: agreement.agreementId, delegations })],
  });
}
