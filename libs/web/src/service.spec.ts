import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Logger,
  Module,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Refusal } from '#contracts';
import { createLocalJWKSet } from 'jose';
import type { HttpReply } from './caller.ts';
import type { HealthCheck } from './health.ts';
import { OpenRoute } from './route-policy.ts';
import { createService } from './service.ts';
import { ServiceLog } from './service-log.ts';

class DatabaseAway extends Error {}

@Controller()
class Routes {
  @Post('echo')
  @HttpCode(200)
  @OpenRoute()
  echo(@Body() body: unknown): unknown {
    return { got: body ?? null };
  }

  @Get('fail/:how')
  @OpenRoute()
  fail(@Param('how') how: string, @Res({ passthrough: true }) reply: HttpReply): string {
    if (how === 'busy') throw new Refusal('busy', 'The buffer is full.');
    if (how === 'conflict')
      throw new Refusal('reference-conflict', 'Other content.', { existing: { id: 'x' } });
    if (how === 'pipe') throw new BadRequestException('not a number');
    if (how === 'away') throw new DatabaseAway('connect ECONNREFUSED secret-host:5432');
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a careless dependency does this
    if (how === 'thrown-text') throw 'a bare string about secret-host';
    if (how === 'late') {
      void reply.send('{}');
      throw new Error('after the answer');
    }
    throw new Error('relation "secret_table" does not exist');
  }
}

@Module({ controllers: [Routes] })
class Parts {}

const identity = {
  issuer: 'https://identity.test.invalid',
  audience: 'urn:concordat:test',
  keys: createLocalJWKSet({ keys: [] }),
};

describe('the HTTP service', () => {
  let app: NestFastifyApplication;
  let log = '';
  const broken: HealthCheck = { name: 'consumer', check: () => Promise.reject(new Error('secret-host')) };
  const checks: HealthCheck[] = [{ name: 'database', check: async () => ({ ok: true, detail: 'answers' }) }];

  beforeAll(async () => {
    Logger.overrideLogger(new ServiceLog('test', 'info', (line) => (log += line)));
    ({ app } = await createService({
      module: Parts,
      identity,
      health: checks,
      drain: [],
      isUnavailable: (error) => error instanceof DatabaseAway,
    }));
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  const post = (
    payload: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => app.inject({ method: 'POST', url: '/echo', payload, headers });

  it.each([
    ['bad JSON', '{"a":', 400, 'malformed-json'],
    ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'malformed-json'],
    ['a body nested too deeply', '['.repeat(17) + ']'.repeat(17), 400, 'too-deep'],
    ['a hostile depth', '['.repeat(100_000), 400, 'too-deep'],
    ['a field called __proto__', '{"__proto__":{"admin":true}}', 400, 'invalid-request'],
    ['a body beyond the bound', `"${'x'.repeat(256 * 1024)}"`, 413, 'too-large'],
  ])('refuses %s', async (_, body, status, code) => {
    const response = await post(body);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect({ status: response.statusCode, problem: response.json() }).toEqual({
      status,
      problem: expect.objectContaining({
        type: `urn:concordat:problem:${code}`,
        status,
        code,
        detail: expect.any(String),
        kind: 'business',
      }),
    });
  });

  it('accepts one content type only', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ]) {
      const response = await post('{}', { 'content-type': type });
      expect([response.statusCode, response.json().code]).toEqual([415, 'unsupported-media-type']);
      expect(response.json().detail).toBe(
        'Send the body as application/json, with the matching Content-Type header.',
      );
    }
    expect((await post('{"a":1}', { 'content-type': 'application/json; charset=utf-8' })).json()).toEqual({
      got: { a: 1 },
    });
  });

  it('says how large a body may be', async () => {
    expect((await post(`"${'x'.repeat(256 * 1024)}"`)).json().detail).toBe(
      'The body is too large: the limit is 262144 bytes.',
    );
  });

  it.each(['/nowhere', '/fail/busy', '/health/live', '/%'])(
    'forbids browsers to guess the type of an answer: %s',
    async (url) => {
      expect((await app.inject({ method: 'GET', url })).headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('accepts a request without a body', async () => {
    expect((await post('')).json()).toEqual({ got: null });
    expect((await app.inject({ method: 'POST', url: '/echo' })).json()).toEqual({ got: null });
  });

  it.each(['/nowhere', '/%', '/fail', `/fail/${'x'.repeat(300)}`])(
    'answers an address it does not know with a problem: %#',
    async (url) => {
      const response = await app.inject({ method: 'GET', url });
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(['not-found', 'invalid-request']).toContain(response.json().code);
      expect(response.body).not.toContain('xxxx');
    },
  );

  it('answers 404 to every method at an unknown address', async () => {
    expect((await app.inject({ method: 'DELETE', url: '/nowhere' })).json().code).toBe('not-found');
  });

  it.each([
    ['DELETE', '/echo', 'POST'],
    ['GET', '/echo', 'POST'],
    ['POST', '/fail/busy?x=1', 'GET, HEAD'],
    ['PUT', '/health/live', 'GET, HEAD'],
  ])(
    'names the supported methods if an address does not support one: %s %s',
    async (method, url, allowed) => {
      const response = await app.inject({ method: method as 'PUT', url });
      expect([response.statusCode, response.headers['allow']]).toEqual([405, allowed]);
      expect(response.json()).toMatchObject({
        code: 'method-not-allowed',
        kind: 'business',
        allowed: allowed.split(', '),
      });
    },
  );

  it.each([
    ['HEAD', '/health/live', 200],
    ['HEAD', '/echo', 404],
    ['OPTIONS', '/echo', 404],
    ['DELETE', '/fail/', 404],
    ['DELETE', '/fail/a/b', 404],
  ])('answers %s %s as before', async (method, url, status) => {
    const response = await app.inject({ method: method as 'HEAD', url });
    expect([response.statusCode, response.headers['allow']]).toEqual([status, undefined]);
  });

  it.each([
    ['conflict', 409, 'reference-conflict', undefined],
    ['busy', 503, 'busy', '1'],
    ['away', 503, 'unavailable', '5'],
    ['pipe', 400, 'invalid-request', undefined],
    ['unknown', 500, 'internal-error', undefined],
    ['thrown-text', 500, 'internal-error', undefined],
  ])('answers %s as %d %s without internal text', async (how, status, code, retryAfter) => {
    const response = await app.inject({ method: 'GET', url: `/fail/${how}` });
    expect([response.statusCode, response.json().code, response.headers['retry-after']]).toEqual([
      status,
      code,
      retryAfter,
    ]);
    expect(response.body).not.toContain('secret');
    if (how === 'conflict') expect(response.json().existing).toEqual({ id: 'x' });
  });

  it('logs the details that it does not answer, with the trace', async () => {
    log = '';
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await app.inject({
      method: 'GET',
      url: '/fail/unknown',
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    expect(JSON.parse(log)).toMatchObject({
      level: 'error',
      traceId,
      route: 'GET /fail/:how',
      error: { message: 'relation "secret_table" does not exist' },
    });
  });

  it('logs an outage once a second, however many requests meet it', async () => {
    log = '';
    await Promise.all(Array.from({ length: 50 }, () => app.inject({ method: 'GET', url: '/fail/away' })));
    expect(
      log
        .trim()
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThanOrEqual(1);
  });

  it('logs an error after the answer', async () => {
    log = '';
    expect((await app.inject({ method: 'GET', url: '/fail/late' })).statusCode).toBe(200);
    expect(log).toContain('after the answer');
  });

  it('is live without any check, and ready if every check passes', async () => {
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'up', checks: {} });
    const ready = await app.inject('/health/ready');
    expect([ready.statusCode, ready.json()]).toEqual([
      200,
      { status: 'up', checks: { database: { ok: true, detail: 'answers' } } },
    ]);
  });

  it('answers readiness without figures, which cover all forces, and logs them once', async () => {
    const counting = {
      name: 'relay',
      check: async () => ({ ok: true, detail: 'leading', figures: { pending: 4711 } }),
    };
    const other = await createService({ module: Parts, identity, health: [counting], drain: [] });
    await other.app.getHttpAdapter().getInstance().ready();
    log = '';
    for (const url of ['/health/ready', '/health/startup', '/health/ready']) {
      const { payload } = await other.app.inject(url);
      expect(payload).not.toContain('4711');
    }
    expect((await other.app.inject('/health/ready')).json().checks).toEqual({
      relay: { ok: true, detail: 'leading' },
    });
    const told = log.split('\n').filter((line) => line.includes('4711'));
    expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'info', msg: 'figures', relay: { pending: 4711 } }),
    ]);
    await other.app.close();
  });

  it('is not ready if a check fails, reveals no internal text, and is not started until all have passed', async () => {
    const checksThere = [...checks, broken];
    const other = await createService({ module: Parts, identity, health: checksThere, drain: [] });
    await other.app.getHttpAdapter().getInstance().ready();
    for (const url of ['/health/ready', '/health/startup']) {
      const response = await other.app.inject(url);
      expect([response.statusCode, response.json().status, response.json().checks.consumer]).toEqual([
        503,
        'down',
        { ok: false, detail: 'the check failed' },
      ]);
    }
    other.health.drain();
    expect((await other.app.inject('/health/ready')).json().status).toBe('draining');
    await other.app.close();
  });

  it('does not start with a route without a policy', async () => {
    @Controller('bare')
    class Bare {
      @Get('list')
      list(): string {
        return 'everything';
      }
    }
    @Module({ controllers: [Bare] })
    class WithBareRoute {}
    await expect(createService({ module: WithBareRoute, identity, health: [], drain: [] })).rejects.toThrow(
      'Bare.list (list)',
    );
  });
});
