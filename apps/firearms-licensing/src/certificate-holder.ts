import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, type ArrivedRequest } from '#unit';
import type { PoolClient } from 'pg';
import type { Application, Holder } from './application.ts';
import type { CertificateDecision } from './certificate.answer.ts';
import { KEEP_CERTIFICATE, LOCK_HOLDER, REGISTERED_NUMBER } from './certificate.sql.ts';

/**
 * A mistyped number must not change the certificate of somebody else. Locked, so that it is still so when the
 * answer is written.
 */
export async function faultsOfHolder(
  client: PoolClient,
  request: ArrivedRequest<Application>,
): Promise<FieldError[]> {
  const { certificateNumber: number } = request.payload;
  if (number === undefined) return [];
  const { rows } = await client.query<{ holder: string | null; bornOn: string | null; kind: string }>(
    LOCK_HOLDER,
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
  const why = `${number} is on the register for another holder than the one this request names.`;
  const detail = `${why} ${instead} and the name as it is registered`;
  return [answerFault<CertificateDecision>('decision', 'TheCertificateIsAnotherHolders', detail)];
}

/**
 * Somebody who has changed their name has not changed their date of birth, and a typing error in one leaves
 * the other.
 */
function isAnother(
  registered: { readonly holder: string | null; readonly bornOn: string | null },
  named: Holder,
): boolean {
  if (registered.holder === null || comparable(registered.holder) === comparable(named.holder)) return false;
  return registered.bornOn === null || named.bornOn === null || registered.bornOn !== named.bornOn;
}

/**
 * The number as the register has it, in whatever letters it was written; as it was written when it is not on
 * the register.
 */
export async function registeredNumber(
  client: PoolClient,
  request: ArrivedRequest<Application>,
  number: string,
): Promise<string> {
  const { rows } = await client.query<{ number: string }>(REGISTERED_NUMBER, [request.owningForce, number]);
  return rows[0]?.number ?? number;
}

/** Keeps the certificate as it stands, if it is on the register, before a request replaces it. */
export async function keepCertificate(
  client: PoolClient,
  request: ArrivedRequest<Application>,
  number: string,
): Promise<void> {
  await client.query(KEEP_CERTIFICATE, [request.owningForce, number, request.id]);
}
