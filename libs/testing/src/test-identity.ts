import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { IdentitySettings, StaffRole } from '#web';

const ISSUER = 'https://identity.test.invalid';

/** An issuer inside the test. A service gets `identity`; the other members sign tokens that it accepts. */
export interface TestIdentity {
  readonly identity: IdentitySettings;
  forceToken(force: string): Promise<string>;
  /** A force's own person, with the subject `<force>.person`. */
  forcePersonToken(force: string): Promise<string>;
  /** `person` defaults to `<unit>.<role>`; `forces` are those whose records this person may see. */
  staffToken(staff: {
    unit: string;
    role: StaffRole;
    forces: readonly string[];
    person?: string;
    name?: string;
  }): Promise<string>;
  /** Signs a token with exactly these claims, for tests of refusals. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** `service` is the end of the audience `urn:concordat:<service>`. A unit also names itself in `unit`. */
export async function testIdentity({
  service,
  unit,
}: {
  service: string;
  unit?: string;
}): Promise<TestIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }],
  });
  const audience = `urn:concordat:${service}`;
  const token = async (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    new SignJWT({ iss: ISSUER, aud: audience, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
  return {
    identity: { issuer: ISSUER, audience, keys, ...(unit !== undefined && { unit }) },
    forceToken: (force) => token({ sub: `force-${force}`, force }),
    forcePersonToken: (force) => token({ sub: `${force}.person`, force, name: `Person of ${force}` }),
    staffToken: ({ unit: of, role, forces, person = `${of}.${role}`, name = person }) =>
      token({ sub: person, unit: of, role, name, forces }),
    token,
  };
}
