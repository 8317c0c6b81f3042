import { feesPence } from './firearms-licensing.settings.ts';

/** What the holder pays on grant; a refusal returns it. `pence` is null where the amount was not found. */
export interface Fee {
  readonly charged: boolean;
  readonly pence: number | null;
  readonly source: string;
}

interface GunsAskedFor {
  readonly certificateKind: string;
  readonly gunsNow: number;
  readonly gunsAskedFor: number;
  readonly withRenewal: boolean;
}

const FREE: Fee = {
  charged: false,
  pence: 0,
  source: 'a variation is charged only when the number of guns rises and not with a renewal',
};

/** The fee for a grant or a renewal, on the day on which the certificate starts. */
export function feeOfCertificate(step: 'grant' | 'renewal', kind: string, day: string): Fee {
  return known(`${step}.${kind}`, day);
}

/** One for one is free, and so is a rise that comes with a renewal. */
export function feeOfVariation(
  { gunsNow, gunsAskedFor, withRenewal, certificateKind }: GunsAskedFor,
  day: string,
): Fee {
  return gunsAskedFor > gunsNow && !withRenewal ? known(`variation.${certificateKind}`, day) : FREE;
}

export function feeOfExplosives(day: string): Fee {
  return known('explosives', day);
}

function known(name: string, day: string): Fee {
  const fee = feesPence.on(name, day);
  return { charged: true, pence: fee?.value ?? null, source: fee?.source ?? '' };
}
