import { execFileSync } from 'node:child_process';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually, typescriptProcess } from '#testing';
import { repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

const CROWD = join(import.meta.dirname, '../../../../libs/testing/src/crowd-process.ts');
/** Both ends of a connection are open files, and a process needs some for other purposes. */
const FILES_MAX = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()) || 100_000;
const CROWD_SIZE = Math.min(10_000, FILES_MAX - 500);
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

let intake: IntakeUnderTest;
let token: string;
const open = new Set<Socket>();

beforeAll(async () => {
  intake = await startIntake({
    kafka: false,
    connections: { headersWithinMs: 1_000, requestWithinMs: 2_000 },
  });
  await intake.agree();
  token = await intake.identity.forceToken(intake.force);
});
afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});
afterAll(() => intake.stop());

/** A connection, everything that came back on it, and its end. */
function dial(to: IntakeUnderTest = intake): { readonly socket: Socket; readonly ended: Promise<string> } {
  const socket = connect(Number(new URL(to.url).port), '127.0.0.1');
  open.add(socket);
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString('latin1')));
  // A connection may be reset while the test still writes; the received bytes stay.
  socket.on('error', () => undefined);
  return { socket, ended: new Promise((done) => socket.once('close', () => done(received))) };
}

/** Sends these lines and this body unchanged; the first line and every header end with CRLF. */
async function sent(lines: readonly string[], body = ''): Promise<string> {
  const { socket, ended } = dial();
  socket.write(Buffer.from([...lines, 'connection: close', '', body].join('\r\n'), 'latin1'));
  return ended;
}

const statusLines = (answer: string): string[] => answer.match(/^HTTP\/1\.1 \d+/gm) ?? [];

describe('a header that contains the start of another', () => {
  const injected = 'set-cookie: stolen=1';
  const submission = JSON.stringify(repair());

  it.each([
    ['a bare carriage return in Idempotency-Key', `idempotency-key: a\r${injected}`],
    ['a bare line feed in Idempotency-Key', `idempotency-key: a\n${injected}`],
    ['a folded line in Idempotency-Key', `idempotency-key: a\r\n ${injected}`],
    ['a NUL in Idempotency-Key', 'idempotency-key: a\0b'],
    ['a bare carriage return in traceparent', `idempotency-key: a\r\ntraceparent: ${TRACE}\r${injected}`],
    ['a bare line feed in X-Request-Id', `idempotency-key: a\r\nx-request-id: 1\n${injected}`],
    ['a second length', `idempotency-key: a\r\ncontent-length: 1`],
    ['chunks beside a length', 'idempotency-key: a\r\ntransfer-encoding: chunked'],
    ['a line that is no header', 'idempotency-key: a\r\nno header'],
  ])('is refused because it is not HTTP: %s', async (_, header) => {
    const lines = [
      'POST /v1/requests HTTP/1.1',
      'host: intake',
      `authorization: Bearer ${token}`,
      'content-type: application/json',
    ];
    const answer = await sent([...lines, `content-length: ${submission.length}`, header], submission);
    expect(statusLines(answer)).toEqual(['HTTP/1.1 400']);
    expect(answer).not.toMatch(/^set-cookie/im);
    expect(answer).toContain('"code":"invalid-request"');
  });

  it.each(['idempotency-key', 'traceparent', 'x-request-id'])(
    'stays text if it is encoded, and comes back in no header: %s',
    async (name) => {
      const lines = [
        'POST /v1/requests HTTP/1.1',
        'host: intake',
        `authorization: Bearer ${token}`,
        'content-type: application/json',
      ];
      const others = name === 'idempotency-key' ? [] : [`idempotency-key: ${newId()}`];
      const body = JSON.stringify(repair());
      const answer = await sent(
        [
          ...lines,
          ...others,
          `content-length: ${body.length}`,
          `${name}: %0d%0a${encodeURIComponent(injected)}`,
        ],
        body,
      );
      expect(statusLines(answer)).toEqual(['HTTP/1.1 201']);
      expect(answer).not.toContain('stolen');
    },
  );

  it('is refused in an unknown parameter, and comes back in no header', async () => {
    const address = `/v1/requests?limit=1&note=%0d%0a${encodeURIComponent(injected)}`;
    const answer = await sent([`GET ${address} HTTP/1.1`, 'host: intake', `authorization: Bearer ${token}`]);
    expect(statusLines(answer)).toEqual(['HTTP/1.1 400']);
    expect(answer).not.toMatch(/^set-cookie/im);
  });
});

describe('headers beyond the limit', () => {
  it('are refused with the limit', async () => {
    const { socket, ended } = dial();
    socket.write(`GET /v1/counts HTTP/1.1\r\nhost: intake\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(await ended).toContain('The headers and the address together have more than 16384 bytes.');
  });
});

describe('a slow client', () => {
  const head = (): string[] => [
    'POST /v1/requests HTTP/1.1',
    'host: intake',
    `authorization: Bearer ${token}`,
    `idempotency-key: ${newId()}`,
  ];

  it.each([
    ['says nothing at all', () => [], ''],
    ['sends headers letter by letter', () => head(), 'x-slow: '.padEnd(10_000, 'x')],
    [
      'sends a body letter by letter',
      () => [...head(), 'content-type: application/json', 'content-length: 10000', '', ''],
      'x'.repeat(10_000),
    ],
  ])('gets 408 and is cut off, while others are served: one that %s', async (_, first, rest) => {
    const { socket, ended } = dial();
    socket.write(first().join('\r\n'));
    let at = 0;
    const dripping = setInterval(() => void socket.write(rest.charAt(at++)), 100);
    const served: number[] = [];
    let over = false;
    const answer = ended.then((text) => {
      over = true;
      clearInterval(dripping);
      return text;
    });
    while (!over) served.push((await intake.get('/v1/counts')).status);
    expect(await answer).toMatch(
      /^HTTP\/1\.1 408 [^]*The headers must arrive within [\d.]+ s and the whole request within [\d.]+ s[^]*"code":"not-in-time"/,
    );
    expect(new Set(served)).toEqual(new Set([200]));
  });
});

const connectionsOf = (to: IntakeUnderTest): Promise<number> =>
  new Promise((done, failed) =>
    to.app.getHttpServer().getConnections((error, count) => (error ? failed(error) : done(count))),
  );

describe('a crowd', () => {
  it(`of ${CROWD_SIZE} that hold connections open leaves intake up, and new clients are answered`, async () => {
    const patient = await startIntake({
      kafka: false,
      connections: { headersWithinMs: 300_000, requestWithinMs: 300_000, perAddressMax: 12_000 },
    });
    await patient.agree();
    const crowd = typescriptProcess(CROWD, {
      CROWD_PORT: new URL(patient.url).port,
      CROWD_SIZE: String(CROWD_SIZE),
    });
    try {
      const arrived = async (): Promise<boolean> => (await connectionsOf(patient)) >= CROWD_SIZE;
      await eventually(arrived, { withinMs: 45_000, everyMs: 200, says: `${CROWD_SIZE} connections` });
      expect((await patient.submit(repair())).status).toBe(201);
      const health = await new Promise<number | undefined>((done, failed) => {
        get(`${patient.url}/health/live`, { agent: new Agent() }, ({ statusCode }) => done(statusCode)).on(
          'error',
          failed,
        );
      });
      expect(health).toBe(200);
    } finally {
      crowd.kill('SIGKILL');
      const gone = async (): Promise<boolean> => (await connectionsOf(patient)) < 100;
      await eventually(gone, { withinMs: 30_000, everyMs: 200, says: 'the end of the crowd' });
      await patient.stop();
    }
  }, 120_000);

  it('beyond the limit of a replica closes its own oldest connections, and a client with a token is still served', async () => {
    const small = await startIntake({
      kafka: false,
      connections: { connectionsMax: 20, headersWithinMs: 60_000 },
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { authorization: `Bearer ${await small.identity.forceToken(small.force)}` };
    const live = (): Promise<number | undefined> =>
      new Promise((done, failed) => {
        get(`${small.url}/v1/counts`, { agent, headers }, (answer) => {
          answer.resume().once('end', () => done(answer.statusCode));
        }).on('error', failed);
      });
    expect(await live()).toBe(200);
    const room = 20 - (await connectionsOf(small));
    const inside = Array.from({ length: room }, () => dial(small));
    await eventually(async () => (await connectionsOf(small)) === 20, { says: 'a full house' });
    const { socket, ended } = dial(small);
    socket.write('GET /health/live HTTP/1.1\r\nhost: intake\r\n\r\n');
    expect(await ended).toMatch(/^HTTP\/1\.1 200 /);
    expect(await inside[0]?.ended).toBe('');
    expect(await live()).toBe(200);
    agent.destroy();
    for (const one of inside) one.socket.destroy();
    await small.stop();
  });
});
