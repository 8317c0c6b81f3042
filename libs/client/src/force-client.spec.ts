import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ForceClient } from './force-client.ts';

const EVENTS = JSON.stringify({ items: [{ id: 'one', cursor: 'a' }], next: 'a' });
const JOB = '01890000-0000-7000-8000-000000000000';
let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** Starts a server that gives these answers in turn, repeating the last one; returns a client of it. */
async function clientOf(...answers: ((reply: ServerResponse) => void)[]): Promise<ForceClient> {
  const server = createServer((_, reply) =>
    ((answers.length > 1 ? answers.shift() : answers[0]) as (reply: ServerResponse) => void)(reply),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = () => void server.close();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new ForceClient({
    url,
    credentials: { token: async () => 'token', forget: () => undefined },
    limits: { giveUpAfterMs: 10_000 },
  });
}
const whole =
  (type: string, text: string) =>
  (reply: ServerResponse): void =>
    void reply.setHeader('content-type', type).end(text);
/** Sends the headers and a part of the body, then closes the connection. */
const cut =
  (type: string, text: string) =>
  (reply: ServerResponse): void => {
    reply.writeHead(200, { 'content-type': type, 'content-length': text.length });
    reply.write(text.slice(0, text.length >> 1), () => reply.destroy());
  };

describe('the client', () => {
  it('repeats a call whose answer was interrupted', async () => {
    const client = await clientOf(cut('application/json', EVENTS), whole('application/json', EVENTS));
    const seen: string[] = [];
    for await (const { id } of client.events()) {
      seen.push(id);
      break;
    }
    expect(seen).toEqual(['one']);
  });

  it('watches an answered request until the unit has decided every change that the force asked for', async () => {
    const at = (updatedAt: string, state: string, change: string): ((reply: ServerResponse) => void) =>
      whole(
        'application/json',
        JSON.stringify({ updatedAt, state, changes: [{ kind: 'reopen', state: change }] }),
      );
    const client = await clientOf(
      at('1', 'answered', 'requested'),
      at('2', 'queued', 'done'),
      at('3', 'answered', 'done'),
    );
    const seen: string[] = [];
    for await (const { state } of client.watch('one')) seen.push(state);
    expect(seen).toEqual(['answered', 'queued', 'answered']);
  });

  it('repeats an upload whose answer was interrupted', async () => {
    const job = JSON.stringify({ id: JOB, accepted: 1 });
    const client = await clientOf(cut('application/json', job), whole('application/json', job));
    let opened = 0;
    const open = (): ReadableStream<Uint8Array> => ((opened += 1), new Blob(['{}\n']).stream());
    expect(await client.bulk.submit({ open, format: 'ndjson', key: 'one' })).toMatchObject({ id: JOB });
    expect(opened).toBe(2);
  });

  it('refuses a result that is not UTF-8, names its line, and keeps the earlier ones', async () => {
    const lines = [
      { line: 1, outcome: 'accepted' },
      { line: 2, outcome: 'known', reference: 'Caf\u00e9' },
    ].map((line) => JSON.stringify(line));
    const client = await clientOf((reply) => {
      reply
        .setHeader('content-type', 'application/x-ndjson')
        .end(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
    });
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const result of client.bulk.results(JOB)) seen.push(result.line);
    };
    await expect(read()).rejects.toThrow(`The result after line 1 of ${JOB} is not UTF-8.`);
    expect(seen).toEqual([1]);
  });

  it('reads a character that arrives in two parts', async () => {
    const line = Buffer.from(`${JSON.stringify({ line: 1, outcome: 'accepted', reference: 'Café' })}\n`);
    const half = line.indexOf('é') + 1;
    const client = await clientOf((reply) => {
      reply.writeHead(200, { 'content-type': 'application/x-ndjson' });
      reply.write(line.subarray(0, half), () => setImmediate(() => reply.end(line.subarray(half))));
    });
    const seen: unknown[] = [];
    for await (const { reference } of client.bulk.results(JOB)) seen.push(reference);
    expect(seen).toEqual(['Café']);
  });

  it('repeats a call for results that was interrupted before the first one', async () => {
    const line = `${JSON.stringify({ line: 1, outcome: 'accepted' })}\n`;
    const client = await clientOf(
      cut('application/x-ndjson', line),
      cut('application/x-ndjson', line),
      whole('application/x-ndjson', line),
    );
    const seen: number[] = [];
    for await (const result of client.bulk.results(JOB)) seen.push(result.line);
    expect(seen).toEqual([1]);
  });
});
