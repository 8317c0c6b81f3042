import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { AccessTokens } from './access-tokens.ts';

const [issuer, audience] = ['https://identity.test.invalid', 'urn:concordat:test'];
const { privateKey, publicKey } = await generateKeyPair('ES256');
const tokens = new AccessTokens({ issuer, audience, keys: createLocalJWKSet({ keys: [await exportJWK(publicKey)] }) });

const tokenOf = (sub: string, claims: Record<string, unknown> = { force: 'north' }): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(privateKey);

describe('the subject of a token', () => {
  it('is who calls', async () => {
    expect(await tokens.verify(await tokenOf('force-north'))).toEqual({ kind: 'force', force: 'north', client: 'force-north' });
  });

  // Longer, and the unit would refuse what intake had accepted: no message format takes it.
  it.each([
    ['nothing', ''],
    ['more than a message carries', 'x'.repeat(121)],
    ['a control character', 'force\nnorth'],
  ])('is refused when it is %s', async (_, sub) => {
    await expect(tokens.verify(await tokenOf(sub))).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
