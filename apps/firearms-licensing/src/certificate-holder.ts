import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, type ArrivedRequest, type RecordMigration } from '#unit';
import type { PoolClient } from 'pg';
import type { AnApplicant } from './applicant.fields.ts';
import type { CertificateVariation } from './certificate-variation.request.ts';

/** A person as an application names them. */
export interface Holder {
  readonly holder: string;
  /** Null where the application does not ask for it. */
  readonly bornOn: string | null;
}

/** Whose each certificate is, and every row that a renewal or a variation has replaced. */
export const CERTIFICATE_HOLDERS: RecordMigration = {
  name: '002-certificate-holder',
  owned: ['certificate_before'],
  up: `
alter table certificate add holder text, add holder_born_on date;
create table certificate_before (
  owning_force text not null,
  number text not null,
  replaced_by uuid not null,
  replaced_at timestamptz not null default now(),
  kind text not null,
  starts_on date not null,
  expires_on date not null,
  guns integer,
  conditions json not null,
  granted_by uuid not null,
  holder text,
  holder_born_on date,
  primary key (owning_force, number, replaced_by, replaced_at)
);
-- Row security binds the owner of the tables too: it is lifted from it while each certificate is given its holder, once.
alter table certificate no force row level security;
alter table request no force row level security;
alter table correction no force row level security;
update certificate set holder = granted.payload ->> 'applicant', holder_born_on = (granted.payload ->> 'bornOn')::date
from (
  select owning_force, id, coalesce((
    select correction.payload from correction
    where correction.owning_force = request.owning_force and correction.request_id = request.id
    order by version desc limit 1), payload) as payload
  from request
) as granted
where granted.owning_force = certificate.owning_force and granted.id = certificate.granted_by;
alter table certificate force row level security;
alter table request force row level security;
alter table correction force row level security;`,
};

export function holderOf(request: ArrivedRequest): Holder {
  if (request.type === 'certificate-variation') {
    return { holder: (request.payload as unknown as CertificateVariation).holder, bornOn: null };
  }
  const { applicant, bornOn } = request.payload as unknown as AnApplicant;
  return { holder: applicant, bornOn };
}

/** A mistyped number must not change the certificate of somebody else. Locked, so that it is still so when the answer is written. */
export async function faultsOfHolder(client: PoolClient, request: ArrivedRequest): Promise<FieldError[]> {
  const { certificateNumber: number } = request.payload as unknown as Partial<CertificateVariation>;
  if (number === undefined) return [];
  const { rows } = await client.query<{ holder: string | null; bornOn: string | null; kind: string }>(
    `select holder, holder_born_on::text as "bornOn", kind from certificate where owning_force = $1 and upper(number) = upper($2) for update`,
    [request.owningForce, number],
  );
  const registered = rows[0];
  if (!registered) return [];
  const instead = 'Decline the request, so that its force submits it with the right number';
  if (registered.kind === 'explosives') {
    return [
      answerFault(
        'decision',
        'TheCertificateIsOfAnotherKind',
        `${number} is an explosives certificate. ${instead}`,
      ),
    ];
  }
  if (!isAnother(registered, holderOf(request))) return [];
  const detail = `${number} is on the register for another holder than the one this request names. ${instead} and the name as it is registered`;
  return [answerFault('decision', 'TheCertificateIsAnotherHolders', detail)];
}

/** Somebody who has changed their name has not changed their date of birth, and a typing error in one leaves the other. */
function isAnother(
  registered: { readonly holder: string | null; readonly bornOn: string | null },
  named: Holder,
): boolean {
  if (registered.holder === null || comparable(registered.holder) === comparable(named.holder)) return false;
  return registered.bornOn === null || named.bornOn === null || registered.bornOn !== named.bornOn;
}

/** The number as the register has it, in whatever letters it was written; as it was written when it is not on the register. */
export async function registeredNumber(
  client: PoolClient,
  request: ArrivedRequest,
  number: string,
): Promise<string> {
  const { rows } = await client.query<{ number: string }>(
    `select number from certificate where owning_force = $1 and upper(number) = upper($2) order by expires_on desc limit 1`,
    [request.owningForce, number],
  );
  return rows[0]?.number ?? number;
}

/** Keeps the certificate as it stands, if it is on the register, before a request replaces it. */
export async function keepCertificate(
  client: PoolClient,
  request: ArrivedRequest,
  number: string,
): Promise<void> {
  await client.query(
    `insert into certificate_before
       (owning_force, number, replaced_by, kind, starts_on, expires_on, guns, conditions, granted_by, holder, holder_born_on)
     select owning_force, number, $3, kind, starts_on, expires_on, guns, conditions, granted_by, holder, holder_born_on
     from certificate where owning_force = $1 and number = $2`,
    [request.owningForce, number, request.id],
  );
}
