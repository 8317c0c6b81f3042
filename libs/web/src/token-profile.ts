import type { JWTPayload } from 'jose';
import { Refusal } from '#contracts';
import { isSlug } from '#kernel';
import { STAFF_ROLES, type AnyCaller, type StaffRole } from './caller.ts';

/**
 * What a service may be told to take: signatures by a private key only. `none` and HMAC (HS*) are not in the list, so
 * neither an unsigned token nor a public key used as a secret has a way in, whatever is configured.
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

/** The header `typ`: RFC 9068 says at+jwt; many issuers still say JWT, and then the audience alone tells an ID token apart. */
export const TOKEN_TYPES = ['at+jwt', 'JWT'] as const;

/** Under which names a token says who is calling. */
export interface ClaimNames {
  readonly force: string;
  readonly unit: string;
  readonly role: string;
  readonly name: string;
  readonly forces: string;
}

/** How the tokens of one issuer look. */
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

/** Who is named in every record and event, so what their formats take (contracts: submittedBy, repliedBy, person). */
const SUBJECT = /^[^\p{Cc}]{1,120}$/u;

/** A token speaks for one force or for one member of staff; one that claims both, or neither, is refused. */
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
  if (!isSubject(sub))
    throw new Refusal('unauthenticated', 'The subject of the access token must have 1 to 120 characters.');
  if (force !== undefined && unit === undefined) {
    if (isSlug(force)) return { kind: 'force', force, client: sub };
  } else if (force === undefined && isSlug(unit) && isRole(role)) {
    if (typeof name === 'string' && Array.isArray(forces) && forces.every(isSlug)) {
      return { kind: 'staff', person: sub, name, unit, role, forces };
    }
  }
  throw new Refusal(
    'unauthenticated',
    'The access token speaks neither for one force nor for one member of staff.',
  );
}

function isSubject(value: unknown): value is string {
  return typeof value === 'string' && SUBJECT.test(value);
}

function isRole(value: unknown): value is StaffRole {
  return (STAFF_ROLES as readonly unknown[]).includes(value);
}
