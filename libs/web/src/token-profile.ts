import type { JWTPayload } from 'jose';
import { Refusal } from '#contracts';
import { isSlug } from '#kernel';
import { STAFF_ROLES, type AnyCaller, type StaffRole } from './caller.ts';

/**
 * The algorithms that a service may be configured to accept, all with a private key. Without `none` and HMAC
 * (HS*) in the list, no configuration can admit an unsigned token or a public key used as a secret.
 */
export const SIGNATURE_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
  'Ed25519',
] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/**
 * Values of the header `typ`. RFC 9068 requires at+jwt; with JWT only the audience distinguishes an ID token.
 */
export const TOKEN_TYPES = ['at+jwt', 'JWT'] as const;

/** The names of the claims that identify the caller. */
export interface ClaimNames {
  readonly force: string;
  readonly unit: string;
  readonly role: string;
  readonly name: string;
  readonly forces: string;
}

/** The format of one issuer's tokens. */
export interface TokenProfile {
  readonly algorithms: readonly SignatureAlgorithm[];
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly claims: ClaimNames;
}

export const DEFAULT_TOKEN_PROFILE: TokenProfile = {
  algorithms: ['ES256'],
  type: 'at+jwt',
  claims: { force: 'force', unit: 'unit', role: 'role', name: 'name', forces: 'forces' },
};

/**
 * Records and events carry the subject, so it must fit their fields (contracts: submittedBy, repliedBy,
 * person).
 */
const SHORT_TEXT = /^[^\p{Cc}]{1,120}$/u;

/**
 * Reads the caller, one force or one member of staff. A token with both or neither is refused. A token of a
 * force that also has a name is that of the force's own person; the token of its system must have none.
 */
export function callerFrom(payload: JWTPayload, names: ClaimNames): AnyCaller {
  const claim = (name: string): unknown => (Object.hasOwn(payload, name) ? payload[name] : undefined);
  const { sub } = payload;
  const [force, unit, role, name, forces] = [
    names.force,
    names.unit,
    names.role,
    names.name,
    names.forces,
  ].map(claim);
  if (!isShortText(sub))
    throw new Refusal('unauthenticated', 'The claim sub of the access token must have 1 to 120 characters.');
  if (force !== undefined && unit === undefined) {
    if (isSlug(force) && name === undefined) return { kind: 'force', force, client: sub };
    if (isSlug(force) && isShortText(name)) return { kind: 'force', force, client: sub, person: name };
  } else if (force === undefined && isSlug(unit) && isRole(role)) {
    if (typeof name === 'string' && Array.isArray(forces) && forces.every(isSlug)) {
      return { kind: 'staff', person: sub, name, unit, role, forces };
    }
  }
  throw new Refusal(
    'unauthenticated',
    'The access token does not identify a force or a member of staff: it needs the claims of exactly one of them.',
  );
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && SHORT_TEXT.test(value);
}

function isRole(value: unknown): value is StaffRole {
  return (STAFF_ROLES as readonly unknown[]).includes(value);
}
