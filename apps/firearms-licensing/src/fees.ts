import { feesPence } from './firearms-licensing.settings.ts';

/** The fee that the holder pays on a grant; a refusal returns it. `pence` is null for an unknown amount. */
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

/** Finds the fee for a grant or a renewal. The day is the one on which the certificate starts. */
export function feeOfCertificate(step: 'grant' | 'renewal', kind: string, day: string): Fee {
  return statutoryFee(`${step}.${kind}`, day);
}

/** A variation is free if the number of guns does not rise, or if it comes with a renewal. */
export function feeOfVariation(
  { gunsNow, gunsAskedFor, withRenewal, certificateKind }: GunsAskedFor,
  day: string,
): Fee {
  return gunsAskedFor > gunsNow && !withRenewal ? statutoryFee(`variation.${certificateKind}`, day) : FREE;
}

export function feeOfExplosives(day: string): Fee {
  return statutoryFee('explosives', day);
}

function statutoryFee(name: string, day: string): Fee {
  const fee = feesPence.on(name, day);
  return { charged: true, pence: fee?.value ?? null, source: fee?.source ?? '' };
}
