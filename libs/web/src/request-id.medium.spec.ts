import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Logger, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLocalJWKSet } from 'jose';
import { eventually } from '#testing';
import { CONNECTION_LIMITS } from './connection-limits.ts';
import type { AnsweredRequest } from './request-id.ts';
import { ForceRoute, OpenRoute } from './route-policy.ts';
import { ServiceLog } from './service-log.ts';
import { createService } from './service.ts';

@Controller()
class Routes {
  @Post('echo')
  @OpenRoute()
  echo(@Body() body: unknown): unknown {
    return { got: body ?? null };
  }

  @Get('own')
  @ForceRoute()
  own(): string {
    return 'never reached';
  }

  @Get('fail')
  @OpenRoute()
  fail(): never {
    throw new Error('a fault of ours');
  }

  @Get('away')
  @OpenRoute()
  away(): never {
    throw new Error('away');
  }
}

@Module({ controllers: [Routes] })
class Parts {}

const identity = {
  issuer: 'https://identity.test.invalid',
  audience: 'urn:concordat:test',
  keys: createLocalJWKSet({ keys: [] }),
};
const HOST = 'Host: test\r\nConnection: close\r\n';
const JSON_BODY = `${HOST}Content-Type: application/json\r\n`;
const LONG = `"${'x'.repeat(300 * 1024)}"`;

describe('the id of a request', () => {
  let app: NestFastifyApplication;
  let told: AnsweredRequest[] = [];
  let log = '';

  beforeAll(async () => {
    const written = new ServiceLog('test', 'info', (line) => (log += line));
    Logger.overrideLogger(written);
    const connections = { ...CONNECTION_LIMITS, headersWithinMs: 1_000, requestWithinMs: 1_000 };
    const isUnavailable = (error: unknown): boolean => (error as Error).message === 'away';
    ({ app } = await createService(
      { module: Parts, identity, health: [], drain: [], connections, isUnavailable },
      (answered) => {
        told.push(answered);
        written.answered(answered);
      },
    ));
    await app.listen(0, '127.0.0.1');
  });
  beforeEach(() => {
    told = [];
    log = '';
  });
  afterAll(() => app.close());

  /** Sends raw bytes and reads the whole answer. */
  async function sent(bytes: string): Promise<{ status: number; id: string | undefined; head: string }> {
    const socket = connect((app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(bytes);
    const answer = await text(socket);
    const [head = ''] = answer.split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), id: /^x-request-id: (.+)$/im.exec(head)?.[1], head };
  }

  it.each([
    ['an answer', `POST /echo HTTP/1.1\r\n${JSON_BODY}Content-Length: 2\r\n\r\n{}`, 201],
    ['an address that is not there', `GET /nowhere HTTP/1.1\r\n${HOST}\r\n`, 404],
    [
      'a method that is not there',
      `DELETE /echo HTTP/1.1\r\n${HOST}\r\n`,
      expect.any(Number) as unknown as number,
    ],
    ['a call without a token', `GET /own HTTP/1.1\r\n${HOST}\r\n`, 401],
    ['a token that is none', `GET /own HTTP/1.1\r\n${HOST}Authorization: Bearer abc\r\n\r\n`, 401],
    [
      'a body that is too large',
      `POST /echo HTTP/1.1\r\n${JSON_BODY}Content-Length: ${LONG.length}\r\n\r\n${LONG}`,
      413,
    ],
    [
      'a body of another type',
      `POST /echo HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
      415,
    ],
    ['a body that is not JSON', `POST /echo HTTP/1.1\r\n${JSON_BODY}Content-Length: 1\r\n\r\n{`, 400],
    ['a fault of ours', `GET /fail HTTP/1.1\r\n${HOST}\r\n`, 500],
    ['a part that is away', `GET /away HTTP/1.1\r\n${HOST}\r\n`, 503],
    ['an address that the router cannot read', `GET /% HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['bytes that are not HTTP', 'nonsense\r\n\r\n', 400],
    ['headers that are too long', `GET /own HTTP/1.1\r\n${HOST}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 400],
    ['no Host', 'GET /own HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['an expectation that nobody knows', `GET /own HTTP/1.1\r\n${HOST}Expect: miracles\r\n\r\n`, 401],
    ['a request that never ends', `POST /echo HTTP/1.1\r\n${JSON_BODY}Content-Length: 9\r\n\r\n{`, 408],
  ])('is on the answer and in the log: %s', async (_, bytes, status) => {
    const answer = await sent(bytes);
    expect(answer).toMatchObject({ status, id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    await eventually(() => log.includes(`"httpRequestId":"${answer.id ?? ''}"`), {
      says: `${answer.id ?? ''} in the log`,
    });
    expect(told).toEqual([expect.objectContaining({ httpRequestId: answer.id, status: answer.status })]);
  });

  it("is the caller's own id if it is usable, otherwise a new one", async () => {
    expect((await sent(`GET /nowhere HTTP/1.1\r\n${HOST}X-Request-Id: my-call.17\r\n\r\n`)).id).toBe(
      'my-call.17',
    );
    for (const unusable of ['two words', '"quoted"', 'x'.repeat(65)]) {
      expect((await sent(`GET /nowhere HTTP/1.1\r\n${HOST}X-Request-Id: ${unusable}\r\n\r\n`)).id).toMatch(
        /^[0-9a-f]{32}$/,
      );
    }
  });

  it('is the id of the trace that begins with the request, and a new one for each request of a continued trace', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { id } = await sent(`GET /nowhere HTTP/1.1\r\n${HOST}\r\n`);
    const inTrace = `GET /nowhere HTTP/1.1\r\n${HOST}traceparent: 00-${traceId}-00f067aa0ba902b7-01\r\n\r\n`;
    const ids = [(await sent(inTrace)).id, (await sent(inTrace)).id];
    await eventually(() => told.length === 3);
    expect(told.map((one) => one.traceId)).toEqual([id, traceId, traceId]);
    expect(new Set([...ids, traceId]).size).toBe(3);
  });

  it('is in the log line of an error, with the details that the answer hides', async () => {
    const { id } = await sent(`GET /fail HTTP/1.1\r\n${HOST}\r\n`);
    const lines = log.trim().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      httpRequestId: id,
      error: { message: 'a fault of ours' },
    });
  });

  it('is logged with the route and code of a refusal, and never with the full address', async () => {
    await sent(`GET /own?reference=secret HTTP/1.1\r\n${HOST}\r\n`);
    await eventually(() => told.length === 1);
    expect(told[0]).toMatchObject({ method: 'GET', route: '/own', status: 401, code: 'unauthenticated' });
    expect(log).not.toContain('secret');
  });

  it('is not logged for health probes', async () => {
    await sent(`GET /health/live HTTP/1.1\r\n${HOST}\r\n`);
    await sent(`GET /nowhere HTTP/1.1\r\n${HOST}\r\n`);
    await eventually(() => told.length > 0);
    expect(told.map(({ route, status }) => [route, status])).toEqual([['unrouted', 404]]);
  });
});
