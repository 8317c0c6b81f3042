import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { AccessTokens } from './access-tokens.ts';

const [issuer, audience] = ['https://identity.test.invalid', 'urn:concordat:test'];
const { privateKey, publicKey } = await generateKeyPair('ES256');
const keySet = createLocalJWKSet({ keys: [await exportJWK(publicKey)] });
const tokens = new AccessTokens({ issuer, audience, keys: keySet });

const tokenOf = (
  sub: string,
  claims: Record<string, unknown> = { force: 'north' },
  lives = '5 minutes',
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(lives)
    .sign(privateKey);

describe('the subject of a token', () => {
  it('names the caller', async () => {
    expect(await tokens.verify(await tokenOf('force-north'))).toEqual({
      kind: 'force',
      force: 'north',
      client: 'force-north',
    });
  });

  // No message format allows a longer subject, so the unit would refuse a request that intake had accepted.
  it.each([
    ['nothing', ''],
    ['more than a message carries', 'x'.repeat(121)],
    ['a control character', 'force\nnorth'],
  ])('is refused when it is %s', async (_, sub) => {
    await expect(tokens.verify(await tokenOf(sub))).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a token of a force', () => {
  it('is that of its system without a name, and that of its own person with one', async () => {
    const named = await tokenOf('north.person', { force: 'north', name: 'Person of the north' });
    expect(await tokens.verify(named)).toEqual({
      kind: 'force',
      force: 'north',
      client: 'north.person',
      person: 'Person of the north',
    });
    expect(await tokens.verify(await tokenOf('force-north'))).not.toHaveProperty('person');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an empty name', { force: 'north', name: '' }],
    ['a name that is no text', { force: 'north', name: 7 }],
    ['a name of several lines', { force: 'north', name: 'a\nb' }],
    ['a unit too', { force: 'north', name: 'x', unit: 'fleet', role: 'supervisor', forces: ['north'] }],
    ['a name alone', { name: 'x' }],
  ])('is refused with %s', async (_, claims) => {
    await expect(tokens.verify(await tokenOf('north.person', claims))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('a token that was verified', () => {
  afterEach(() => void jest.useRealTimers());

  it('is remembered for five minutes at most, so that a withdrawn key stops counting', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    let revoked = false;
    const guarded = new AccessTokens({
      issuer,
      audience,
      keys: async (header, token) =>
        revoked ? createLocalJWKSet({ keys: [] })(header, token) : keySet(header, token),
    });
    const token = await tokenOf('force-north', { force: 'north' }, '1 day');
    await guarded.verify(token);
    revoked = true;
    jest.advanceTimersByTime(5 * 60_000 - 1);
    expect(guarded.known(token)).toMatchObject({ force: 'north' });
    jest.advanceTimersByTime(1);
    expect(guarded.known(token)).toBeUndefined();
    await expect(guarded.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is not remembered beyond its expiry', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const token = await tokenOf('force-north', { force: 'north' }, '1 minute');
    await tokens.verify(token);
    jest.advanceTimersByTime(66_000);
    expect(tokens.known(token)).toBeUndefined();
  });
});
