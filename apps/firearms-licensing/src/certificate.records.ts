import type { FieldError } from '#contracts';
import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { answerFault, eachAlone, oneByOne, type ArrivedRequest, type UnitRecords } from '#unit';
import type { PoolClient } from 'pg';
import type { AnApplicantWithReferees } from './applicant.fields.ts';
import { CERTIFICATE_MONTHS, extendedUntil } from './certificate-clocks.ts';
import type { CertificateRenewal } from './certificate-renewal.request.ts';
import type { CertificateVariation } from './certificate-variation.request.ts';
import type { CertificateDecision, CertificateDecisionAfterChecks } from './certificate.answer.ts';
import {
  CERTIFICATE_HOLDERS,
  faultsOfHolder,
  holderOf,
  keepCertificate,
  registeredNumber,
} from './certificate-holder.ts';
import { feeOfCertificate, feeOfExplosives, feeOfVariation, type Fee } from './fees.ts';

/**
 * Applications and the certificates that came of them. A certificate lasts five years from the day it starts on. Its number is looked
 * for in capital and small letters alike, and kept as it was first written.
 */
export const certificateRecords: UnitRecords = {
  migrations: [
    {
      name: '001-certificate',
      owned: ['application', 'certificate'],
      up: `
create table application (
  owning_force text not null,
  request_id uuid not null,
  kind text not null,
  certificate_number text,
  received_on date not null,
  old_expires_on date,
  old_extended_until date,
  decision text check (decision in ('granted', 'refused')),
  departs_from_guidance boolean,
  reasons text,
  fee_pence bigint check (fee_pence >= 0),
  decided_at timestamptz,
  primary key (owning_force, request_id),
  check (not coalesce(departs_from_guidance, false) or reasons is not null)
);
create index application_by_certificate on application (owning_force, certificate_number);
create table certificate (
  owning_force text not null,
  number text not null,
  kind text not null check (kind in ('firearm', 'shotgun', 'coterminous', 'explosives')),
  starts_on date not null,
  expires_on date not null check (expires_on > starts_on),
  guns integer check (guns >= 0),
  conditions json not null default '[]',
  granted_by uuid not null,
  primary key (owning_force, number)
);
create index certificate_by_expiry on certificate (owning_force, expires_on);`,
    },
    CERTIFICATE_HOLDERS,
    {
      name: '003-certificate-in-any-letters',
      owned: [],
      up: `create index certificate_in_any_letters on certificate (owning_force, upper(number));`,
    },
  ],

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

  answerFaults: eachAlone(async (request, answer, client) => {
    const decision = answer as unknown as CertificateDecision;
    return [
      ...faultsOfDecision(request, decision),
      ...(decision.decision === 'granted' ? await faultsOfHolder(client, request) : []),
    ];
  }),

  onAnswer: oneByOne(async (client, request, answer) => {
    const decision = answer as unknown as CertificateDecision;
    const granted = decision.decision === 'granted';
    const fee = granted ? feeOf(request, String(decision.startsOn)) : null;
    const certificate = granted ? await putCertificate(client, request, decision) : {};
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
        certificate['certificateNumber'] ?? null,
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

function applicationOf(request: ArrivedRequest): Record<string, unknown> {
  const { certificateNumber, applicationReceivedOn, expiresOn } =
    request.payload as unknown as Partial<CertificateRenewal>;
  return {
    owning_force: request.owningForce,
    request_id: request.id,
    kind: request.type,
    certificate_number: certificateNumber ?? null,
    received_on: applicationReceivedOn,
    old_expires_on: expiresOn ?? null,
    old_extended_until:
      expiresOn && applicationReceivedOn ? extendedUntil(expiresOn, applicationReceivedOn) : null,
  };
}

function faultsOfDecision(request: ArrivedRequest, decision: CertificateDecision): FieldError[] {
  const faults: FieldError[] = [];
  const granted = decision.decision === 'granted';
  if (!decision.reasons) {
    if (!granted) faults.push(answerFault('reasons', 'ReasonsNeeded', 'Say why it is refused'));
    else if (decision.departsFromGuidance) {
      const detail = 'Departing from the guidance needs written reasons in each case';
      faults.push(answerFault('reasons', 'ADepartureFromGuidanceHasReasons', detail));
    }
  }
  if (!granted) return faults;
  if (!decision.startsOn)
    faults.push(answerFault('startsOn', 'AGrantHasAStart', 'Say on which day the certificate starts'));
  if (request.type === 'certificate-grant' || request.type === 'certificate-renewal')
    faults.push(...faultsOfChecks(request, decision));
  return faults;
}

/** These are the faults of the checks that come before a firearm or shotgun certificate. */
function faultsOfChecks(request: ArrivedRequest, decision: CertificateDecision): FieldError[] {
  const { medicalFacts } = request.payload as unknown as AnApplicantWithReferees;
  const checks = decision as CertificateDecisionAfterChecks;
  const missing: readonly (readonly [boolean, keyof CertificateDecisionAfterChecks, string, string])[] = [
    [
      !medicalFacts && !decision.medicalFacts,
      'medicalFacts',
      'NoGrantWithoutMedicalFacts',
      'Nothing is granted without medical facts',
    ],
    [
      !checks.refereesAnswered,
      'refereesAnswered',
      'BothRefereesAnswer',
      'Nothing is granted before both referees have answered',
    ],
    [
      !checks.livesAlone && !checks.householdInterviewedOn,
      ...(['householdInterviewedOn', 'TheHouseholdIsInterviewed'] as const),
      'The partner and household are interviewed first, each separately',
    ],
    [
      !checks.socialMediaCheckedOn,
      'socialMediaCheckedOn',
      'SocialMediaAreChecked',
      'Social media are checked first',
    ],
  ];
  return missing.flatMap(([isMissing, field, code, detail]) =>
    isMissing ? [answerFault(field, code, detail)] : [],
  );
}

function feeOf(request: ArrivedRequest, day: string): Fee {
  if (request.type === 'certificate-variation')
    return feeOfVariation(request.payload as unknown as CertificateVariation, day);
  if (request.type === 'explosives-certificate') return feeOfExplosives(day);
  const { certificateKind } = request.payload as unknown as AnApplicantWithReferees;
  return feeOfCertificate(request.type === 'certificate-renewal' ? 'renewal' : 'grant', certificateKind, day);
}

/** Writes what was granted. A first certificate is numbered by its own short reference, which is never given twice. */
async function putCertificate(
  client: PoolClient,
  request: ArrivedRequest,
  decision: CertificateDecision,
): Promise<Record<string, unknown>> {
  const startsOn = String(decision.startsOn);
  const conditions = JSON.stringify(decision.conditions ?? []);
  if (request.type === 'certificate-variation') {
    // A variation changes what may be held, not how long. The certificate may be older than this register.
    const { certificateNumber, gunsAskedFor } = request.payload as unknown as CertificateVariation;
    const number = await registeredNumber(client, request, certificateNumber);
    await keepCertificate(client, request, number);
    await client.query(`update certificate set guns = $3 where owning_force = $1 and number = $2`, [
      request.owningForce,
      number,
      gunsAskedFor,
    ]);
    return { certificateNumber: number };
  }
  const { certificateNumber, certificateKind } = request.payload as unknown as Partial<CertificateRenewal>;
  const expiresOn = expiryOf(startsOn);
  const number =
    certificateNumber === undefined
      ? request.unitReference
      : await registeredNumber(client, request, certificateNumber);
  const { holder, bornOn } = holderOf(request);
  await keepCertificate(client, request, number);
  await client.query(
    `insert into certificate (owning_force, number, kind, starts_on, expires_on, conditions, granted_by, holder, holder_born_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (owning_force, number) do update set
       kind = excluded.kind, starts_on = excluded.starts_on, expires_on = excluded.expires_on, conditions = excluded.conditions,
       granted_by = excluded.granted_by, holder = excluded.holder, holder_born_on = excluded.holder_born_on`,
    [
      request.owningForce,
      number,
      certificateKind ?? 'explosives',
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
