import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, type ArrivedRequest } from '#unit';
import type { PoolClient } from 'pg';
import type { Application, Holder } from './application.ts';
import type { CertificateDecision } from './certificate.answer.ts';
import { KEEP_CERTIFICATE, LOCK_HOLDER, REGISTERED_NUMBER } from './certificate.sql.ts';

/**
 * Checks that a mistyped number does not change another person's certificate. The row is locked, so that the
 * result is still true when the answer is written.
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
  const instead = 'Decline the request, so that the force can submit it again with the right number';
  if (registered.kind === 'explosives') {
    return [
      answerFault<CertificateDecision>(
        'decision',
        'TheCertificateIsOfAnotherKind',
        `${number} is an explosives certificate. ${instead}`,
      ),
    ];
  }
  if (!isOtherHolder(registered, request.payload)) return [];
  const why = `${number} belongs to another holder than the person named in this request.`;
  const detail = `${why} ${instead} and the registered name`;
  return [answerFault<CertificateDecision>('decision', 'TheCertificateIsAnotherHolders', detail)];
}

/**
 * Compares the name and the date of birth; one equal value is enough. A person who changed their name still
 * has the same date of birth, and a typing error in one leaves the other.
 */
function isOtherHolder(
  registered: { readonly holder: string | null; readonly bornOn: string | null },
  named: Holder,
): boolean {
  if (registered.holder === null || comparable(registered.holder) === comparable(named.holder)) return false;
  return registered.bornOn === null || named.bornOn === null || registered.bornOn !== named.bornOn;
}

/**
 * Finds the number as the register writes it, in capital or small letters. A number that is not on the
 * register is returned unchanged.
 */
export async function registeredNumber(
  client: PoolClient,
  request: ArrivedRequest<Application>,
  number: string,
): Promise<string> {
  const { rows } = await client.query<{ number: string }>(REGISTERED_NUMBER, [request.owningForce, number]);
  return rows[0]?.number ?? number;
}

/** Keeps a copy of the registered certificate, if there is one, before a request replaces it. */
export async function keepCertificate(
  client: PoolClient,
  request: ArrivedRequest<Application>,
  number: string,
): Promise<void> {
  await client.query(KEEP_CERTIFICATE, [request.owningForce, number, request.id]);
}
