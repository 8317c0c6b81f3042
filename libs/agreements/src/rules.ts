import type { Force } from '#kernel';
import type { Agreement } from './agreement.ts';
import type { NeverShared } from './catalogue.ts';

/**
 * Either allowed, with the ground, or refused, with a sentence that gives the reason and says who does the
 * work.
 */
export type Judgement<Ground> =
  { readonly allowed: true; readonly ground: Ground } | { readonly allowed: false; readonly why: string };

type Terms = Pick<Agreement, 'agreementId' | 'unit' | 'participants' | 'status' | 'from' | 'to'>;

/** Limits the agreements that a sentence names, because nobody reads a long list. */
const NAMED_MAX = 3;

/**
 * `OnlyAnAgreedForceMaySubmit`: there is an agreement between the force and the unit that is live on the day.
 * Intake's SQL checks the same while it stores a request; this function finds the reason in words.
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
  // The smallest id is taken, so that two agreements about one unit give the same ground here and in SQL.
  const ground = live.map(({ agreementId }) => agreementId).sort()[0];
  if (ground !== undefined) return { allowed: true, ground };
  const keeper = `This work stays with ${force.name}`;
  const nearest = ofForce[0];
  if (nearest)
    return {
      allowed: false,
      why: `The agreement ${nearest.agreementId} ${obstacleOf(nearest, today) ?? ''}. ${keeper}.`,
    };
  const named = ofUnit.slice(0, NAMED_MAX).map(({ agreementId }) => agreementId);
  const others = named.length > 0 ? ` ${force.name} is not a party to ${named.join(', ')}.` : '';
  return {
    allowed: false,
    why: `No agreement allows the unit ${unit} to work for ${force.name}.${others} ${keeper} until its authority approves one.`,
  };
}

function obstacleOf({ status, from, to }: Terms, today: string): string | null {
  if (status !== 'live') return `is ${status}`;
  if (today < from) return `does not begin until ${from}`;
  if (to !== undefined && today > to) return `ended on ${to}`;
  return null;
}

/**
 * `LocalPolicingIsNeverShared`: refuses a request type, function or unit of the local policing that each
 * force keeps.
 */
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
    why: `${capital(matter.title)} (${matter.id}) is never shared. ${force.name} must do this work itself.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
