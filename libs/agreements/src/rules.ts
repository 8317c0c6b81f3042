import type { Force } from '#kernel';
import type { Agreement } from './agreement.ts';
import type { NeverShared } from './catalogue.ts';

/** Either allowed, with what allows it, or not, with a sentence that says why and whose job the matter is. */
export type Judgement<Ground> =
  { readonly allowed: true; readonly ground: Ground } | { readonly allowed: false; readonly why: string };

type Terms = Pick<Agreement, 'agreementId' | 'unit' | 'participants' | 'status' | 'from' | 'to'>;

/** A sentence names no more agreements of others than a person will read. */
const NAMED_MAX = 3;

/**
 * `OnlyAnAgreedForceMaySubmit`: a live agreement, in force on the day, between the force and the unit.
 * Intake's statement asks the same in SQL as it stores; this says it in words.
 */
export function onlyAnAgreedForceMaySubmit(
  agreements: readonly Terms[],
  force: Force,
  unit: string,
  today: string,
): Judgement<string> {
  const ofUnit = agreements.filter((agreement) => agreement.unit === unit);
  const ofForce = ofUnit.filter(({ participants }) => participants.includes(force.slug));
  const live = ofForce.filter((agreement) => obstacleOf(agreement, today) === null);
  // The least id, so that two agreements over one unit give the same ground here and in SQL.
  const ground = live.map(({ agreementId }) => agreementId).sort()[0];
  if (ground !== undefined) return { allowed: true, ground };
  const keeper = `The matter stays with ${force.name}`;
  const nearest = ofForce[0];
  if (nearest)
    return {
      allowed: false,
      why: `The agreement ${nearest.agreementId} ${obstacleOf(nearest, today) ?? ''}. ${keeper}.`,
    };
  const named = ofUnit.slice(0, NAMED_MAX).map(({ agreementId }) => agreementId);
  const others = named.length > 0 ? ` ${force.name} takes no part in ${named.join(', ')}.` : '';
  return {
    allowed: false,
    why: `No agreement lets the unit ${unit} work for ${force.name}.${others} ${keeper} until its authority approves one.`,
  };
}

function obstacleOf({ status, from, to }: Terms, today: string): string | null {
  if (status !== 'live') return `is ${status}`;
  if (today < from) return `begins on ${from}`;
  if (to !== undefined && today > to) return `ended on ${to}`;
  return null;
}

/** `LocalPolicingIsNeverShared`: whether a request type, function or unit is one of the matters each force keeps. */
export function localPolicingIsNeverShared(
  neverShared: readonly NeverShared[],
  force: Force,
  asked: string,
): Judgement<null> {
  const matter = neverShared.find(
    ({ id, slug, aliases }) => asked === id || asked === slug || aliases.includes(asked),
  );
  if (!matter) return { allowed: true, ground: null };
  return {
    allowed: false,
    why: `${capital(matter.title)} (${matter.id}) is never shared: ${force.name} keeps it.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
