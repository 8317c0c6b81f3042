import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseCatalogue, unitsOf } from '#agreements';
import { newId } from '#kernel';
import { eventually, typescriptProcess } from '#testing';
import { repair, startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';

const LINES = 100_000;
/** With blanks the body is larger than the allowed growth of the process. */
const LINE_BYTES = 1_280;
const GROWTH_MB_MAX = 100;
const UNITS = unitsOf(parseCatalogue(readFileSync('deploy/catalogue.json', 'utf8')));

let intake: IntakeUnderTest;
let issuer: Server;
/** Intake alone in its own process; the other `intake` only lends its database. */
let child: ChildProcess;
let url: string;
let token: string;

beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  await intake.agree();
  issuer = createServer((request, response) => {
    const keys = intake.identity.identity.keys as unknown as { jwks: () => object };
    const metadata = {
      issuer: originOf(issuer),
      jwks_uri: `${originOf(issuer)}/keys`,
      token_endpoint: `${originOf(issuer)}/none`,
    };
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(request.url === '/keys' ? keys.jwks() : metadata));
  });
  await listening(issuer);
  token = await intake.identity.token({
    iss: originOf(issuer),
    sub: `force-${intake.force}`,
    force: intake.force,
  });
  const free = createServer();
  await listening(free);
  url = originOf(free);
  free.close();
  child = typescriptProcess(
    join(import.meta.dirname, '../../main.ts'),
    {
      PORT: new URL(url).port,
      DATABASE_URL: intake.database.appUrl,
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_PASSWORD: 'nobody-asks',
      CURSOR_KEY: '0123456789abcdef'.repeat(4),
      UNIT_KEYS: JSON.stringify(Object.fromEntries(UNITS.map((unit) => [unit, 'a'.repeat(43)]))),
      OIDC_ISSUER: originOf(issuer),
      CONCORDAT_FORCES: `${intake.force}|A force of this test|99`,
      LOG_LEVEL: 'fatal',
    },
    'ignore',
  );
  await eventually(async () => (await fetch(`${url}/health/live`)).ok, {
    withinMs: 150_000,
    says: 'intake listens',
  });
}, 240_000);
afterAll(async () => {
  const ended = once(child, 'exit');
  if (child.exitCode === null && child.kill('SIGKILL')) await ended;
  issuer.close();
  await intake.stop();
});

async function listening(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function* linesOf(count: number): Generator<Buffer> {
  for (let line = 0; line < count; line += 1)
    yield Buffer.from(`${JSON.stringify(repair()).padEnd(LINE_BYTES)}\n`);
}

async function upload(lines: number): Promise<{ readonly accepted: number; readonly results: string }> {
  const answer = await fetch(`${url}/v1/bulk`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'idempotency-key': newId(),
    },
    body: Readable.toWeb(Readable.from(linesOf(lines))),
    duplex: 'half',
  });
  expect(answer.status).toBe(202);
  return (await answer.json()) as { accepted: number; results: string };
}

/** Counts the lines of results without keeping them. */
async function countResults(path: string): Promise<number> {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  let count = 0;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>)
    for (const byte of chunk) if (byte === 0x0a) count += 1;
  return count;
}

/** The memory that Linux counts for the process, in megabytes: now (VmRSS) or at its highest (VmHWM). */
function megabytes(figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
  return Number(new RegExp(`${figure}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

it(`takes ${LINES} lines and returns their results without growing by more than ${GROWTH_MB_MAX} MB`, async () => {
  // A first upload fills everything that a working service needs, such as compiled code and pools.
  await countResults((await upload(4_000)).results);
  const before = megabytes('VmRSS');
  // Resets the highest value so far (proc(5), clear_refs).
  writeFileSync(`/proc/${String(child.pid)}/clear_refs`, '5');
  const { accepted, results } = await upload(LINES);
  expect([accepted, await countResults(results)]).toEqual([LINES, LINES]);
  expect(megabytes('VmHWM') - before).toBeLessThan(GROWTH_MB_MAX);
}, 400_000);
