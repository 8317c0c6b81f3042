import type { FieldError } from '#contracts';
import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { oneByOne, RELATED_MAX, type ArrivedRequest, type RecordHooks } from '#unit';
import type { PoolClient } from 'pg';
import type { Application } from './application.ts';
import { CERTIFICATE_MONTHS, extendedUntil } from './certificate-clocks.ts';
import type { CertificateDecision } from './certificate.answer.ts';
import { faultsOfHolder, keepCertificate, registeredNumber } from './certificate-holder.ts';
import {
  CHANGE_GUNS,
  DECIDE_APPLICATION,
  OPEN_APPLICATIONS,
  PUT_CERTIFICATE,
  READ_APPLICATION,
  READ_CERTIFICATE,
  REQUESTS_ABOUT_HOLDER,
} from './certificate.sql.ts';

/** The part of a granted certificate that is added to the answer for the force. */
interface GrantedCertificate {
  readonly certificateNumber: string;
  readonly expiresOn?: string;
}

/**
 * Applications and the certificates that result from them. A certificate lasts five years from its start. Its
 * number is found in capital and small letters alike, and is kept as it was first written.
 */
export const certificateRecords: RecordHooks<Application, CertificateDecision> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'applications-arrive',
      text: OPEN_APPLICATIONS,
      values: [JSON.stringify(requests.map(applicationOf))],
    });
  },

  async answerFaults(client, answered) {
    const faults: FieldError[][] = [];
    for (const { request, answer } of answered)
      faults.push(answer.decision === 'granted' ? await faultsOfHolder(client, request) : []);
    return faults;
  },

  onAnswer: oneByOne(async (client, request, decision) => {
    const granted = decision.decision === 'granted';
    const fee = granted ? request.payload.feeOn(String(decision.startsOn)) : null;
    const certificate = granted ? await putCertificate(client, request, decision) : undefined;
    await client.query(DECIDE_APPLICATION, [
      request.owningForce,
      request.id,
      decision.decision,
      decision.departsFromGuidance,
      decision.reasons ?? null,
      fee?.pence ?? null,
      certificate?.certificateNumber ?? null,
    ]);
    // The fee is charged on a grant and returned on a refusal.
    return granted ? { ...certificate, fee } : { feeReturned: true };
  }),

  searchedAnswer: { certificateNumber: 'Certificate number' },

  async read(client, request) {
    const application = await client.query<Record<string, unknown> & { certificateNumber: string | null }>(
      READ_APPLICATION,
      [request.owningForce, request.id],
    );
    const found = application.rows[0];
    if (!found) return null;
    const certificate = await client.query<Record<string, unknown>>(READ_CERTIFICATE, [
      request.owningForce,
      found.certificateNumber ?? '',
    ]);
    return { application: found, certificate: certificate.rows[0] ?? null };
  },

  async related(client, { owningForce, id, payload: { holder, bornOn, certificateNumber } }) {
    const { rows } = await client.query<{ requestId: string; number: string }>(REQUESTS_ABOUT_HOLDER, [
      owningForce,
      holder,
      bornOn,
      certificateNumber ?? null,
      id,
      RELATED_MAX,
    ]);
    return rows.map(({ requestId, number }) => ({
      requestId,
      summary: `Certificate ${number} of the same holder`,
    }));
  },
};

/** Finds the last day of a certificate: the corresponding date five years after its start. */
export function expiryOf(startsOn: string): string {
  const day = parseCivilDay(startsOn);
  if (day === null) throw new Error(`${startsOn} is not a date`);
  return formatCivilDay(addCalendarMonths(day, CERTIFICATE_MONTHS));
}

function applicationOf({ owningForce, id, type, payload }: ArrivedRequest<Application>): object {
  const { certificateNumber, receivedOn, oldExpiresOn } = payload;
  return {
    owning_force: owningForce,
    request_id: id,
    kind: type,
    certificate_number: certificateNumber,
    received_on: receivedOn,
    old_expires_on: oldExpiresOn,
    old_extended_until: oldExpiresOn && extendedUntil(oldExpiresOn, receivedOn),
  };
}

/**
 * Writes the granted certificate. A first certificate gets the unit reference of its request as its number,
 * because that reference is unique.
 */
async function putCertificate(
  client: PoolClient,
  request: ArrivedRequest<Application>,
  decision: CertificateDecision,
): Promise<GrantedCertificate> {
  const { certificateNumber, certificateKind, holder, bornOn, guns } = request.payload;
  const number =
    certificateNumber === undefined
      ? request.unitReference
      : await registeredNumber(client, request, certificateNumber);
  await keepCertificate(client, request, number);
  if (guns !== undefined) {
    // A variation changes the number of guns, not the dates. The certificate may be older than this register.
    await client.query(CHANGE_GUNS, [request.owningForce, number, guns]);
    return { certificateNumber: number };
  }
  const startsOn = String(decision.startsOn);
  const conditions = JSON.stringify(decision.conditions ?? []);
  const expiresOn = expiryOf(startsOn);
  await client.query(PUT_CERTIFICATE, [
    request.owningForce,
    number,
    certificateKind,
    startsOn,
    expiresOn,
    conditions,
    request.id,
    holder,
    bornOn,
  ]);
  return { certificateNumber: number, expiresOn };
}
