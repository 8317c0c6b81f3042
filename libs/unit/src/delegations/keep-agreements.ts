import { expectMessage, type AgreementPublished, type Envelope } from '#contracts';
import type { PoolClient } from '#persistence';
import type { UnitRuntime } from '../unit-runtime.ts';

/**
 * Keeps the newest edition of each agreement this unit works under, with its delegations. An older edition, or the
 * same again, changes nothing: the topic may be read from its beginning at any time.
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

const KEEP_AGREEMENT = `
with published as materialized (
  select * from json_to_record($1) as published (id text, edition integer, status text, participants json, "from" date, "to" date, delegations json)
), kept as (
  insert into agreement as kept (id, edition, status, participants, valid_from, valid_to)
  select id, edition, status, array(select json_array_elements_text(participants)), "from", "to" from published
  on conflict (id) do update set edition = excluded.edition, status = excluded.status, participants = excluded.participants,
    valid_from = excluded.valid_from, valid_to = excluded.valid_to
  where kept.edition < excluded.edition
  returning id
)
insert into delegation (owning_force, agreement_id, edition, person, request_type, valid_from, valid_to)
select distinct on (force, person, type, "validFrom") force, published.id, published.edition, person, type, "validFrom", "validTo"
from published join kept on kept.id = published.id,
  json_to_recordset(published.delegations) as delegation (force text, person text, "requestTypes" json, "validFrom" date, "validTo" date),
  json_array_elements_text("requestTypes") as type
order by force, person, type, "validFrom", "validTo" desc nulls first`;

async function keepAgreement(
  client: PoolClient,
  unit: UnitRuntime,
  agreement: AgreementPublished,
): Promise<void> {
  // Only a participant can delegate here; a force that this deployment does not serve has no rows to decide on.
  const delegations = agreement.delegations.filter(
    ({ force }) => agreement.participants.includes(force) && unit.serves(force),
  );
  await client.query({
    name: 'keep-agreement',
    text: KEEP_AGREEMENT,
    values: [JSON.stringify({ ...agreement, id: agreement.agreementId, delegations })],
  });
}
