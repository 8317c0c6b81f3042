import type { AnApplicant } from './applicant.fields.ts';
import type { Fee } from './fees.ts';

/** A person as an application names them. */
export interface Holder {
  readonly holder: string;
  /** Null where the application does not ask for it. */
  readonly bornOn: string | null;
}

/** An application as the records of certificates see it, whatever it asks for. */
export interface Application extends Holder {
  readonly receivedOn: string;
  /** The certificate that it renews or varies; a first certificate has no number yet. */
  readonly certificateNumber?: string;
  readonly certificateKind: string;
  /** The last day of the certificate that it renews. */
  readonly oldExpiresOn?: string;
  /** The number of guns that a variation allows; it changes nothing else of the certificate. */
  readonly guns?: number;
  /** The fee on the day on which the certificate starts. */
  readonly feeOn: (day: string) => Fee;
}

/** The part of an application that every applicant fills in. */
export function applicantOf({
  applicant,
  bornOn,
  applicationReceivedOn,
}: AnApplicant): Pick<Application, 'holder' | 'bornOn' | 'receivedOn'> {
  return { holder: applicant, bornOn, receivedOn: applicationReceivedOn };
}
