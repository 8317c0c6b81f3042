import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { oneByOne, type ArrivedRequest, type RecordHooks } from '#unit';
import type { FieldError } from '#contracts';
import type { PoolClient } from 'pg';
import type { Application } from './application.ts';
import { CERTIFICATE_MONTHS, extendedUntil } from './certificate-clocks.ts';
import type { CertificateDecision } from './certificate.answer.ts';
import { faultsOfHolder, keepCertificate, registeredNumber } from './certificate-holder.ts';

/** The part of a granted certificate that its force is told. */
interface GrantedCertificate {
  readonly certificateNumber: string;
  readonly expiresOn?: string;
}

/**
 * Applications and the certificates that came of them. A certificate lasts five years from the day it starts on. Its number is looked
 * for in capital and small letters alike, and kept as it was first written.
 */
export const certificateRecords: RecordHooks<Application, CertificateDecision> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'applications-arrive',
      text: `
insert into application (owning_force, request_id, kind, certificate_number, received_on, old_expires_on, old_extended_until)
select * from json_to_recordset($1) as a
  (owning_force text, request_id uuid, kind text, certificate_number text, received_on date, old_expires_on date, old_extended_until date)`,
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
    await client.query(
      `update application set decision = $3, departs_from_guidance = $4, reasons = $5, fee_pence = $6, decided_at = now(),
         certificate_number = coalesce($7, certificate_number)
       where owning_force = $1 and request_id = $2`,
      [
        request.owningForce,
        request.id,
        decision.decision,
        decision.departsFromGuidance,
        decision.reasons ?? null,
        fee?.pence ?? null,
        certificate?.certificateNumber ?? null,
      ],
    );
    // The fee is taken on grant and returned on refusal.
    return granted ? { ...certificate, fee } : { feeReturned: true };
  }),

  async read(client, request) {
    const application = await client.query<Record<string, unknown> & { certificateNumber: string | null }>(
      `select kind, certificate_number as "certificateNumber", received_on::text as "receivedOn", old_expires_on::text as "oldExpiresOn",
         old_extended_until::text as "oldExtendedUntil", decision, reasons, fee_pence as "feePence", decided_at as "decidedAt"
       from application where owning_force = $1 and request_id = $2`,
      [request.owningForce, request.id],
    );
    const found = application.rows[0];
    if (!found) return null;
    const certificate = await client.query<Record<string, unknown>>(
      `select number, kind, starts_on::text as "startsOn", expires_on::text as "expiresOn", guns, conditions
       from certificate where owning_force = $1 and upper(number) = upper($2) order by expires_on desc limit 1`,
      [request.owningForce, found.certificateNumber ?? ''],
    );
    return { application: found, certificate: certificate.rows[0] ?? null };
  },
};

/** The last day of a certificate that starts on a day: the corresponding date five years on. */
export function expiryOf(startsOn: string): string {
  const day = parseCivilDay(startsOn);
  if (day === null) throw new Error(`${startsOn} is no day`);
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

/** Writes what was granted. A first certificate is numbered by its own short reference, which is never given twice. */
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
    // A variation changes what may be held, not how long. The certificate may be older than this register.
    await client.query(`update certificate set guns = $3 where owning_force = $1 and number = $2`, [
      request.owningForce,
      number,
      guns,
    ]);
    return { certificateNumber: number };
  }
  const startsOn = String(decision.startsOn);
  const conditions = JSON.stringify(decision.conditions ?? []);
  const expiresOn = expiryOf(startsOn);
  await client.query(
    `insert into certificate (owning_force, number, kind, starts_on, expires_on, conditions, granted_by, holder, holder_born_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (owning_force, number) do update set
       kind = excluded.kind, starts_on = excluded.starts_on, expires_on = excluded.expires_on, conditions = excluded.conditions,
       granted_by = excluded.granted_by, holder = excluded.holder, holder_born_on = excluded.holder_born_on`,
    [
      request.owningForce,
      number,
      certificateKind,
      startsOn,
      expiresOn,
      conditions,
      request.id,
      holder,
      bornOn,
    ],
  );
  return { certificateNumber: number, expiresOn };
}
