import type { ApplicantFields } from './applicant.fields.ts';
import type { Fee } from './fees.ts';

/** The person named in an application. */
export interface Holder {
  readonly holder: string;
  /** Null where the application does not ask for it. */
  readonly bornOn: string | null;
}

/** The part of any application that the records of certificates use. */
export interface Application extends Holder {
  readonly receivedOn: string;
  /** The certificate to renew or vary; a first certificate has no number yet. */
  readonly certificateNumber?: string;
  readonly certificateKind: string;
  /** The last day of the certificate to renew. */
  readonly oldExpiresOn?: string;
  /** The number of guns that a variation allows. A variation changes nothing else. */
  readonly guns?: number;
  /** Finds the fee for the day on which the certificate starts. */
  readonly feeOn: (day: string) => Fee;
}

/** Takes from an application the part that every applicant fills in. */
export function applicantOf({
  applicant,
  bornOn,
  applicationReceivedOn,
}: ApplicantFields): Pick<Application, 'holder' | 'bornOn' | 'receivedOn'> {
  return { holder: applicant, bornOn, receivedOn: applicationReceivedOn };
}
