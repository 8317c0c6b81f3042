import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpCode, Logger, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  decodeProtectedHeader,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  SignJWT,
  UnsecuredJWT,
  type JWK,
} from 'jose';
import { Refusal } from '#contracts';
import { ClientCredentials, SignInRefused } from '#client';
import { Caller, createService, ForceRoute, StaffRoute, type ForceCaller, type StaffCaller } from '#web';
import { eventually } from '#testing';
import {
  publicHalf,
  registerOwnClient,
  writeDevelopmentClients,
  type DevelopmentClients,
} from './identity-provider-clients.ts';
import { startIdentityProvider } from './identity-provider.fixture.ts';

const RECORDS: Record<string, string> = { r1: 'bedfordshire', r2: 'hertfordshire' };

@Controller('v1')
class Routes {
  @Post('requests')
  @HttpCode(201)
  @ForceRoute()
  submit(@Caller() caller: ForceCaller): ForceCaller {
    return caller;
  }

  @Get('requests/:id')
  @ForceRoute()
  read(@Caller() caller: ForceCaller, @Param('id') id: string): { id: string } {
    if (RECORDS[id] !== caller.force) throw new Refusal('not-found', 'No such request.');
    return { id };
  }

  @Get('queue')
  @StaffRoute('caseworker', 'supervisor')
  queue(@Caller() caller: StaffCaller): StaffCaller {
    return caller;
  }
}

@Module({ controllers: [Routes] })
class ProbeModule {}

describe('tokens of a real identity provider', () => {
  let dir: string;
  let registered: DevelopmentClients;
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  const services: Record<string, NestFastifyApplication> = {};

  const service = async (
    audience: string,
    issuer = provider.issuer,
    unit?: string,
  ): Promise<NestFastifyApplication> => {
    const { app } = await createService({
      module: ProbeModule,
      identity: { issuer, audience: `urn:concordat:${audience}`, ...(unit !== undefined && { unit }) },
      health: [],
      drain: [],
    });
    await app.getHttpAdapter().getInstance().ready();
    return app;
  };
  const settings = (clientId: string, resource?: string) => {
    const client = registered.clients.find((known) => known.clientId === clientId);
    if (client === undefined) throw new Error(`no client ${clientId}`);
    return {
      issuer: provider.issuer,
      clientId,
      keyFile: client.keyFile,
      resource: resource ?? client.resource,
    };
  };
  const tokenOf = (clientId: string, resource?: string) =>
    new ClientCredentials(settings(clientId, resource)).token();
  const call = async (
    app: NestFastifyApplication | undefined,
    url: string,
    token?: string,
    method: 'GET' | 'POST' = 'GET',
  ) => {
    const response = await (app as NestFastifyApplication).inject({
      method,
      url,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const submit = (token?: string) => call(services['intake'], '/v1/requests', token, 'POST');
  const signingKey = () =>
    JSON.parse(readFileSync(join(dir, 'identity-signing-key.jwk.json'), 'utf8')) as JWK;
  /**
   * Makes a token like the provider's own with some claims changed. It is signed with the provider's key
   * unless another is given.
   */
  const forged = async (
    claims: Record<string, unknown>,
    header: Record<string, unknown> = {},
    jwk: JWK = signingKey(),
  ) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: provider.issuer,
      aud: 'urn:concordat:intake',
      sub: 'force-bedfordshire',
      force: 'bedfordshire',
      iat: now,
      exp: now + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signingKey().kid, ...header })
      .sign(await importJWK(jwk, 'ES256'));
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    dir = await mkdtemp(join(tmpdir(), 'identity-'));
    registered = await writeDevelopmentClients({
      dir,
      forces: ['bedfordshire', 'hertfordshire'],
      units: ['fleet', 'estates'],
    });
    provider = await startIdentityProvider(registered.clientsFile, dir);
    services['intake'] = await service('intake');
    services['fleet'] = await service('fleet', provider.issuer, 'fleet');
  });

  afterAll(async () => {
    for (const app of Object.values(services)) await app.close();
    await provider.stop();
    await rm(dir, { recursive: true });
  });

  it('admits a force with its own token, as that force', async () => {
    const { status, body, headers } = await submit(await tokenOf('force-bedfordshire'));
    expect([status, body]).toEqual([
      201,
      { kind: 'force', force: 'bedfordshire', client: 'force-bedfordshire' },
    ]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('admits staff by role, and refuses a role that the route does not name', async () => {
    expect(await call(services['fleet'], '/v1/queue', await tokenOf('fleet.caseworker-2'))).toMatchObject({
      status: 200,
      body: {
        kind: 'staff',
        person: 'fleet.caseworker-2',
        name: 'Fleet caseworker 2',
        unit: 'fleet',
        role: 'caseworker',
        forces: ['bedfordshire', 'hertfordshire'],
      },
    });
    expect(await call(services['fleet'], '/v1/queue', await tokenOf('fleet.auditor'))).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
  });

  it('refuses staff on a force’s route and a force on a staff route', async () => {
    const staffAtIntake = await forged({
      sub: 'fleet.supervisor',
      force: undefined,
      unit: 'fleet',
      role: 'supervisor',
      name: 'Fleet supervisor',
      forces: ['bedfordshire'],
    });
    expect(await submit(staffAtIntake)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect(
      await call(services['fleet'], '/v1/queue', await forged({ aud: 'urn:concordat:fleet' })),
    ).toMatchObject({ status: 403 });
  });

  it('refuses staff of another unit even with a token for this audience', async () => {
    const estates = await forged({
      aud: 'urn:concordat:fleet',
      sub: 'estates.supervisor',
      force: undefined,
      unit: 'estates',
      role: 'supervisor',
      name: 'x',
      forces: [],
    });
    expect(await call(services['fleet'], '/v1/queue', estates)).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
  });

  it('gives the same answer for another force’s record as for an absent one', async () => {
    const token = await tokenOf('force-bedfordshire');
    expect((await call(services['intake'], '/v1/requests/r1', token)).status).toBe(200);
    const foreign = await call(services['intake'], '/v1/requests/r2', token);
    const absent = await call(services['intake'], '/v1/requests/r3', token);
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
  });

  it('refuses anything that is not a valid token for this service', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const { privateKey: strange } = await generateKeyPair('ES256', { extractable: true });
    const strangeKey = await exportJWK(strange);
    const publicKey = publicHalf(signingKey());
    const [head, body] = (await forged({})).split('.') as [string, string];
    const confused = await new SignJWT({
      iss: provider.issuer,
      aud: 'urn:concordat:intake',
      sub: 'x',
      force: 'bedfordshire',
      iat: seconds,
      exp: seconds + 60,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: publicKey.kid })
      .sign(new TextEncoder().encode(JSON.stringify(publicKey)));
    const tokens: Record<string, string | undefined> = {
      missing: undefined,
      garbage: 'garbage',
      'two dots and nothing else': '..',
      'much too long': 'x'.repeat(10_000),
      'for another service': await tokenOf('force-bedfordshire', 'urn:concordat:collaboration'),
      expired: await forged({ iat: seconds - 700, exp: seconds - 60 }),
      'not yet valid': await forged({ nbf: seconds + 600 }),
      'valid from something that is not a time': await forged({ nbf: 'tomorrow' }),
      'without an expiry': await forged({ exp: undefined }),
      'without an issue time': await forged({ iat: undefined }),
      'for several forces': await forged({ force: ['bedfordshire', 'hertfordshire'] }),
      'of another issuer': await forged({ iss: 'http://127.0.0.1:1' }),
      'signed by a stranger with our key id': await forged({}, {}, strangeKey),
      'signed by a stranger with its own key id': await forged({}, { kid: 'stranger' }, strangeKey),
      'signed by a stranger with the key in the header': await forged(
        {},
        { kid: undefined, jwk: publicHalf(strangeKey) },
        strangeKey,
      ),
      'signed by a stranger with the address of the key': await forged(
        {},
        { jku: 'https://stranger.invalid/jwks' },
        strangeKey,
      ),
      unsigned: new UnsecuredJWT({
        iss: provider.issuer,
        aud: 'urn:concordat:intake',
        sub: 'x',
        force: 'bedfordshire',
        iat: seconds,
        exp: seconds + 60,
      }).encode(),
      'signature left out': `${head}.${body}.`,
      'our public key as an HMAC secret': confused,
      'an ID token': await forged({}, { typ: 'JWT' }),
      'for a force and for staff': await forged({ unit: 'fleet', role: 'supervisor', name: 'x', forces: [] }),
      'for nobody': await forged({ force: undefined }),
      'for a force that is not a slug': await forged({ force: "x' or true --" }),
      'with an unknown role': await forged({
        force: undefined,
        unit: 'fleet',
        role: 'chief',
        name: 'x',
        forces: [],
      }),
    };
    const outcome: Record<string, unknown> = {};
    for (const [name, token] of Object.entries(tokens)) {
      const { status, body: problem, headers } = await submit(token);
      outcome[name] = [status, problem.code, headers['www-authenticate'] !== undefined];
    }
    expect(outcome).toEqual(
      Object.fromEntries(Object.keys(tokens).map((name) => [name, [401, 'unauthenticated', true]])),
    );
  });

  it('remembers a token only while it is valid', async () => {
    const token = await forged({ exp: Math.floor(Date.now() / 1000) - 3 });
    // The token is first inside and then outside the tolerance of five seconds.
    expect((await submit(token)).status).toBe(201);
    await eventually(async () => (await submit(token)).status === 401, {
      says: 'the remembered token is refused',
    });
  });

  it('gives a client only its own audiences, and no token for an unknown key or a used assertion', async () => {
    await expect(tokenOf('force-bedfordshire', 'urn:concordat:fleet')).rejects.toThrow('invalid_target');
    await expect(tokenOf('fleet.caseworker', 'urn:concordat:estates')).rejects.toThrow('invalid_target');
    const otherKey = registered.clients.find(({ clientId }) => clientId === 'force-hertfordshire')
      ?.keyFile as string;
    await expect(
      new ClientCredentials({ ...settings('force-bedfordshire'), keyFile: otherKey }).token(),
    ).rejects.toThrow('invalid_client');

    const key = JSON.parse(readFileSync(settings('force-bedfordshire').keyFile, 'utf8')) as JWK;
    const assertion = await new SignJWT({ jti: 'used-once' })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid })
      .setIssuer('force-bedfordshire')
      .setSubject('force-bedfordshire')
      .setAudience(provider.issuer)
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(await importJWK(key, 'ES256'));
    const ask = () =>
      fetch(`${provider.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          resource: 'urn:concordat:intake',
          client_id: 'force-bedfordshire',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }),
      });
    expect((await ask()).status).toBe(200);
    const again = await ask();
    expect([again.status, ((await again.json()) as { error: string }).error]).toEqual([
      401,
      'invalid_client',
    ]);
  });

  it('accepts a key that was registered while it runs, as PEM or JWK, only for the named force, and no other key', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const { privateKey: strange } = await generateKeyPair('ES256', { extractable: true });
    const files = {
      pem: join(dir, 'own.pem'),
      jwk: join(dir, 'own.jwk.json'),
      strange: join(dir, 'strange.pem'),
      rsa: join(dir, 'rsa.pem'),
    };
    await writeFile(files.pem, await exportPKCS8(privateKey));
    await writeFile(files.jwk, JSON.stringify(await exportJWK(privateKey)));
    await writeFile(files.strange, await exportPKCS8(strange));
    await writeFile(
      files.rsa,
      await exportPKCS8((await generateKeyPair('RS256', { extractable: true })).privateKey),
    );
    const tokenBy = (keyFile: string) =>
      new ClientCredentials({
        issuer: provider.issuer,
        clientId: 'own-system',
        resource: 'urn:concordat:intake',
        keyFile,
      }).token();

    await expect(tokenBy(files.pem)).rejects.toThrow('invalid_client');
    await registerOwnClient(dir, 'own-system', 'hertfordshire', await exportJWK(privateKey));
    for (const file of [files.pem, files.jwk])
      expect((await submit(await tokenBy(file))).body.force).toBe('hertfordshire');
    await expect(tokenBy(files.strange)).rejects.toThrow('invalid_client');
    await expect(tokenBy(files.rsa)).rejects.toThrow('its curve must be P-256');
    await expect(tokenBy(join(dir, 'absent.pem'))).rejects.toThrow(SignInRefused);
    expect(readFileSync(join(dir, 'own-clients.json'), 'utf8')).not.toContain('"d"');
  });

  it('fetches one token for many callers, and keeps it', async () => {
    const client = new ClientCredentials(settings('force-bedfordshire'));
    const tokens = new Set(await Promise.all(Array.from({ length: 20 }, () => client.token())));
    expect(tokens.size).toBe(1);
    expect(await client.token()).toBe([...tokens][0]);
    client.forget();
    expect(tokens.has(await client.token())).toBe(false);
  });

  it('keeps its clients’ keys and its own between runs, readable only by their owner', async () => {
    const token = await tokenOf('force-bedfordshire');
    const { kid } = decodeProtectedHeader(token);
    const again = await writeDevelopmentClients({
      dir,
      forces: ['bedfordshire', 'hertfordshire'],
      units: ['fleet', 'estates'],
    });
    expect(again).toEqual(registered);
    const second = await startIdentityProvider(again.clientsFile, dir);
    const published = (await (await fetch(`${second.issuer}/jwks`)).json()) as { keys: JWK[] };
    await second.stop();
    expect(published.keys.map((key) => [key.kid, key.d])).toEqual([[kid, undefined]]);
    for (const file of ['identity-signing-key.jwk.json', 'clients.json', 'keys/force-bedfordshire.jwk.json'])
      expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
    expect(readFileSync(registered.clientsFile, 'utf8')).not.toContain('"d"');
  });

  it('does not run in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startIdentityProvider(registered.clientsFile, dir)).rejects.toThrow('NODE_ENV=production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it('while it is down, tokens signed with a known key are accepted and the others get 503', async () => {
    const lost = await startIdentityProvider(registered.clientsFile, dir);
    const knows = await service('intake', lost.issuer);
    const never = await service('intake', lost.issuer);
    const ours = (jti: string) => forged({ iss: lost.issuer, jti });
    expect((await call(knows, '/v1/requests', await ours('1'), 'POST')).status).toBe(201);
    await lost.stop();

    expect((await call(knows, '/v1/requests', await ours('2'), 'POST')).status).toBe(201);
    const strange = await forged({ iss: lost.issuer }, { kid: 'rotated-in-meanwhile' });
    // The key may have been published since. The service cannot know, so it does not call the token wrong.
    expect((await call(knows, '/v1/requests', strange, 'POST')).status).toBe(503);
    const unasked = await call(never, '/v1/requests', await ours('3'), 'POST');
    expect([unasked.status, unasked.body.code, unasked.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    await knows.close();
    await never.close();
  });
});
