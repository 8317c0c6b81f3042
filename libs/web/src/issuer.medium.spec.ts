import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { AccessTokens } from './access-tokens.ts';

const AUDIENCE = 'urn:concordat:test';

describe('the keys of an issuer', () => {
  let server: Server;
  let issuer: string;
  let tokens: AccessTokens;
  let published: JWK[];
  let asked: number;
  beforeEach(async () => {
    published = [];
    asked = 0;
    server = createServer((request, reply) => {
      reply.setHeader('content-type', 'application/json');
      if (request.url === '/keys') {
        asked += 1;
        reply.end(JSON.stringify({ keys: published }));
      } else
        reply.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, token_endpoint: `${issuer}/token` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    tokens = new AccessTokens({ issuer, audience: AUDIENCE });
  });
  afterEach(() => void server.close());

  /** Makes an unpublished key with this name, and a function that signs with it. */
  async function newKey(
    kid: string,
  ): Promise<{ readonly jwk: JWK; readonly sign: (named?: string) => Promise<string> }> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const sign = (named = kid): Promise<string> =>
      new SignJWT({ force: 'north' })
        .setProtectedHeader({ alg: 'ES256', kid: named, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject('force-north')
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey);
    return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }, sign };
  }

  it('are fetched again for a token whose key was published a moment ago', async () => {
    const [old, fresh] = [await newKey('old'), await newKey('fresh')];
    published = [old.jwk];
    await tokens.verify(await old.sign());
    published = [old.jwk, fresh.jwk];
    expect(await tokens.verify(await fresh.sign())).toMatchObject({ force: 'north' });
    // The next key is found at once: the second fetch is no later than the first.
    const next = await newKey('next');
    published = [next.jwk];
    expect(await tokens.verify(await next.sign())).toMatchObject({ force: 'north' });
    await expect(tokens.verify(await old.sign())).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('are fetched once a second at most, however many tokens name unknown keys, and a valid token is accepted', async () => {
    const [old, fresh] = [await newKey('old'), await newKey('fresh')];
    published = [old.jwk];
    await tokens.verify(await old.sign());
    const began = Date.now();
    const flood = Promise.allSettled(
      Array.from({ length: 300 }, async (_, n) => tokens.verify(await old.sign(`invented-${n}`))),
    );
    published = [old.jwk, fresh.jwk];
    expect(await tokens.verify(await fresh.sign())).toMatchObject({ force: 'north' });
    const outcomes = await flood;
    expect(
      outcomes.every(
        (outcome) =>
          outcome.status === 'rejected' && (outcome.reason as { code: string }).code === 'unauthenticated',
      ),
    ).toBe(true);
    // The first fetch was before the flood.
    expect(asked - 1).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 1_000));
  });
});
