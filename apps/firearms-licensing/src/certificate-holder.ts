import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, type ArrivedRequest } from '#unit';
import type { PoolClient } from 'pg';
import type { Application, Holder } from './application.ts';
import type { CertificateDecision } from './certificate.answer.ts';

/** A mistyped number must not change the certificate of somebody else. Locked, so that it is still so when the answer is written. */
export async function faultsOfHolder(
  client: PoolClient,
  request: ArrivedRequest<Application>,
): Promise<FieldError[]> {
  const { certificateNumber: number } = request.payload;
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
      answerFault<CertificateDecision>(
        'decision',
        'TheCertificateIsOfAnotherKind',
        `${number} is an explosives certificate. ${instead}`,
      ),
    ];
  }
  if (!isAnother(registered, request.payload)) return [];
  const detail = `${number} is on the register for another holder than the one this request names. ${instead} and the name as it is registered`;
  return [answerFault<CertificateDecision>('decision', 'TheCertificateIsAnotherHolders', detail)];
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
  request: ArrivedRequest<Application>,
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
  request: ArrivedRequest<Application>,
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
