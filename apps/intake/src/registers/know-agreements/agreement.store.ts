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

/** Notes agreements as published; an older edition never replaces a newer one, however late it comes. */
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

/** The agreements in which the force takes part. */
export async function agreementsOf(client: PoolClient, force: string): Promise<AgreementView[]> {
  const { rows } = await client.query<AgreementView>(AGREEMENTS_OF_FORCE, [force]);
  return rows;
}

/** What the agreements known here say of a force's work at a unit, today. */
async function judgedByAgreements(
  client: PoolClient,
  force: Force,
  unit: string,
): Promise<Judgement<string>> {
  const { rows } = await client.query<AgreementView>(AGREEMENTS_OF_UNIT, [unit]);
  const terms = rows.map(({ to, ...agreement }) => ({ ...agreement, ...(to !== null && { to }) }));
  return onlyAnAgreedForceMaySubmit(terms, force, unit, todayInLondon());
}

/** Why the gate did not let a force's request to a unit pass, and whose job the matter is. */
export async function noAgreement(client: PoolClient, force: Force, unit: string): Promise<Refusal> {
  const judgement = await judgedByAgreements(client, force, unit);
  // Allowed by now: the agreement came between the statement and this question.
  const why = judgement.allowed
    ? `The agreement ${judgement.ground} has only just come into force. Send it again.`
    : judgement.why;
  return new Refusal('no-agreement', why, { unit, keptBy: force.slug });
}

/** Work that is asked for again is work: it passes the gate as a new request does. */
export async function onlyAnAgreedForceMayReopen(
  client: PoolClient,
  force: Force,
  unit: string,
): Promise<void> {
  const judgement = await judgedByAgreements(client, force, unit);
  if (!judgement.allowed) throw new Refusal('no-agreement', judgement.why, { unit, keptBy: force.slug });
}
