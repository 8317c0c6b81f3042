import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startIntake, type IntakeUnderTest } from '../intake.fixture.ts';

const open = new Set<Socket>();
let intake: IntakeUnderTest;
beforeAll(async () => {
  intake = await startIntake({ kafka: false, connections: { connectionsMax: 12, perAddressMax: 8 } });
});
afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});
afterAll(() => intake.stop());

/** A connection from one of this machine's own addresses, everything that comes back on it, and its end. */
function dial(localAddress = '127.0.0.1') {
  const socket = connect({ port: Number(new URL(intake.url).port), host: '127.0.0.1', localAddress });
  open.add(socket);
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString('latin1')));
  // A connection may be reset while the test still writes; the received bytes stay.
  socket.on('error', () => undefined);
  const connected = new Promise<void>((done) => socket.once('connect', done));
  const ended = new Promise<string>((done) => socket.once('close', () => done(received)));
  const answers = (count: number): Promise<string> =>
    new Promise((done) => {
      const look = (): void => {
        if ((received.match(/HTTP\/1\.1 \d/g) ?? []).length >= count) done(received);
      };
      socket.on('data', look);
      look();
    });
  return { socket, connected, ended, answers };
}

const request = (method: string, path: string, headers: readonly string[] = []): string =>
  [`${method} ${path} HTTP/1.1`, 'host: intake', ...headers, '', ''].join('\r\n');

describe('a client without a token', () => {
  it.each([
    ['an upload', '/v1/bulk', 'application/x-ndjson'],
    ['a submission', '/v1/requests', 'application/json'],
    ['what no route takes', '/v1/nowhere', 'application/json'],
  ])('is answered before %s has arrived, and its connection is closed', async (_, path, type) => {
    const { socket, ended } = dial();
    socket.write(
      request('POST', path, [`content-type: ${type}`, 'content-length: 200000', 'idempotency-key: k']),
    );
    // The body is never sent: a reader that waits for it would wait until its time-out.
    expect(await ended).toMatch(/^HTTP\/1\.1 40[14] [^]*connection: close/i);
  });

  it('reads the reason for a refusal although it sends a large body at once', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(200_000) });
    for (let n = 0; n < 20; n += 1) {
      const answer = await intake.call(
        'POST',
        '/v1/requests',
        { 'content-type': 'application/json', authorization: 'Bearer old' },
        body,
      );
      expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
    }
  });

  it('is disconnected after an answer that needs no token, and one with a token stays connected', async () => {
    const open = dial();
    open.socket.write(request('GET', '/health/live'));
    expect(await open.ended).toMatch(/^HTTP\/1\.1 200 /);
    const known = dial();
    const authorization = `authorization: Bearer ${await intake.identity.forceToken(intake.force)}`;
    known.socket.write(request('GET', '/v1/counts', [authorization]));
    expect(await known.answers(1)).not.toMatch(/connection: close/i);
    known.socket.write(request('GET', '/v1/counts', [authorization]));
    expect(await known.answers(2)).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 /);
    known.socket.write(request('GET', '/v1/counts'));
    expect(await known.ended).toMatch(/HTTP\/1\.1 401 [^]*connection: close/i);
  });
});

describe('connections from one address', () => {
  it('beyond its share replace the oldest without a token, and none with a token; another address is served', async () => {
    const authorization = `authorization: Bearer ${await intake.identity.forceToken(intake.force)}`;
    const admitted = async (): Promise<ReturnType<typeof dial>> => {
      const one = dial();
      one.socket.write(request('GET', '/v1/counts', [authorization]));
      expect(await one.answers(1)).toMatch(/^HTTP\/1\.1 200 /);
      return one;
    };
    const known = await admitted();
    const crowd = Array.from({ length: 7 }, () => dial());
    await Promise.all(crowd.map(({ connected }) => connected));
    const more = [await admitted(), await admitted()];
    expect(await Promise.all(crowd.slice(0, 2).map(({ ended }) => ended))).toEqual(['', '']);
    for (let n = 2; n < 7; n += 1) more.push(await admitted());
    // All eight have shown a token now, so there is no room for a ninth.
    const refused = dial();
    refused.socket.write(request('GET', '/health/live'));
    expect(await refused.ended).toBe('');
    for (const one of [known, ...more]) {
      one.socket.write(request('GET', '/v1/counts', [authorization]));
      expect(await one.answers(2)).toMatch(/HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 /);
    }
    const other = dial('127.0.0.2');
    other.socket.write(request('GET', '/health/live'));
    expect(await other.ended).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('make room for an address that holds fewer, when all connections are in use', async () => {
    const crowd = [];
    for (let n = 0; n < 8; n += 1) crowd.push(dial());
    for (let n = 0; n < 4; n += 1) crowd.push(dial('127.0.0.3'));
    await Promise.all(crowd.map(({ connected }) => connected));
    const other = dial('127.0.0.2');
    other.socket.write(request('GET', '/health/live'));
    expect(await other.ended).toMatch(/^HTTP\/1\.1 200 /);
    expect(await crowd[0]?.ended).toBe('');
  });

  it('give up one each for new connections that come together', async () => {
    const crowd = [];
    for (let n = 0; n < 8; n += 1) crowd.push(dial());
    for (let n = 0; n < 4; n += 1) crowd.push(dial('127.0.0.3'));
    await Promise.all(crowd.map(({ connected }) => connected));
    const newcomers = [dial('127.0.0.2'), dial('127.0.0.2'), dial('127.0.0.2')];
    expect(await Promise.all(crowd.slice(0, 3).map(({ ended }) => ended))).toEqual(['', '', '']);
    for (const { socket } of newcomers) socket.write(request('GET', '/health/live'));
    for (const { ended } of newcomers) expect(await ended).toMatch(/^HTTP\/1\.1 200 /);
  });
});
