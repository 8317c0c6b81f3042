import { onlyAnAgreedForceMaySubmit, type Judgement } from '#agreements';
import { Refusal, type AgreementPublished } from '#contracts';
import { todayInLondon, type Force } from '#kernel';
import type { PoolClient } from '#persistence';
import { answerSchema, listOf, orNull, TEXT } from '#web';
import { AGREEMENTS_OF_FORCE, AGREEMENTS_OF_UNIT, LEARN_AGREEMENTS } from './agreement.sql.ts';

/** An agreement as a participating force sees it. */
export interface AgreementView {
  readonly agreementId: string;
  readonly functionId: string;
  readonly title: string;
  readonly unit: string;
  readonly participants: readonly string[];
  readonly status: 'live' | 'suspended' | 'ended';
  readonly from: string;
  readonly to: string | null;
  readonly edition: number;
  readonly demonstration: boolean;
}

const DAY = { type: 'string', format: 'date' };

export const AGREEMENT_SCHEMA = answerSchema<AgreementView>({
  agreementId: TEXT,
  functionId: TEXT,
  title: TEXT,
  unit: TEXT,
  participants: { ...listOf(TEXT), description: 'Forces, by their slugs' },
  status: { type: 'string', enum: ['live', 'suspended', 'ended'] },
  from: DAY,
  to: orNull(DAY),
  edition: { type: 'integer', minimum: 1 },
  demonstration: {
    type: 'boolean',
    description: 'True for an invented agreement that only serves the demonstration',
  },
});

/**
 * Stores agreements as they were published. An older edition never replaces a newer one, however late it
 * arrives.
 */
export async function learnAgreements(
  client: PoolClient,
  agreements: readonly AgreementPublished[],
): Promise<void> {
  const newest = new Map<string, AgreementPublished>();
  for (const agreement of agreements) {
    if (agreement.edition >= (newest.get(agreement.agreementId)?.edition ?? 0))
      newest.set(agreement.agreementId, agreement);
  }
  await client.query({
    name: 'learn-agreements',
    text: LEARN_AGREEMENTS,
    values: [JSON.stringify([...newest.values()])],
  });
}

/** Returns the agreements in which the force takes part. */
export async function agreementsOf(client: PoolClient, force: string): Promise<AgreementView[]> {
  const { rows } = await client.query<AgreementView>(AGREEMENTS_OF_FORCE, [force]);
  return rows;
}

/** Decides by the agreements known here whether a force may send work to a unit today. */
async function judgedByAgreements(
  client: PoolClient,
  force: Force,
  unit: string,
): Promise<Judgement<string>> {
  const { rows } = await client.query<AgreementView>(AGREEMENTS_OF_UNIT, [unit]);
  const terms = rows.map(({ to, ...agreement }) => ({ ...agreement, ...(to !== null && { to }) }));
  return onlyAnAgreedForceMaySubmit(terms, force, unit, todayInLondon());
}

/** Explains why a force may not send a request to a unit, and which force must do the work. */
export async function noAgreement(client: PoolClient, force: Force, unit: string): Promise<Refusal> {
  const judgement = await judgedByAgreements(client, force, unit);
  // An agreement was published between the statement and this check, so the force may simply try again.
  const why = judgement.allowed
    ? `The agreement ${judgement.ground} came into force a moment ago. Send the request again.`
    : judgement.why;
  return new Refusal('no-agreement', why, { unit, keptBy: force.slug });
}

/** Reopened work is new work, so it needs an agreement as a new request does. */
export async function onlyAnAgreedForceMayReopen(
  client: PoolClient,
  force: Force,
  unit: string,
): Promise<void> {
  const judgement = await judgedByAgreements(client, force, unit);
  if (!judgement.allowed) throw new Refusal('no-agreement', judgement.why, { unit, keptBy: force.slug });
}
