import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ForceClient,
  GaveUp,
  Refused,
  type ForceClientSettings,
  type Request,
  type Submission,
} from '#client';
import { encodeEnvelope, forceEventsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { repair, startIntake, wire, type IntakeUnderTest } from '../intake.fixture.ts';

let intake: IntakeUnderTest;
let wayTo: Awaited<ReturnType<typeof startWay>>;

/** Enough for one test at a time; a flood of this many calls takes six seconds. */
const PER_SECOND = 10;
const FLOOD = 60;

beforeAll(async () => {
  intake = await startIntake({
    consuming: true,
    forceLimits: new Map([['*', { perSecond: PER_SECOND, atOnce: FLOOD }]]),
  });
  await intake.agree({ participants: [intake.force, intake.other] });
  wayTo = await startWay(intake.url);
});
afterAll(async () => {
  await wayTo.close();
  await intake.stop();
});

/**
 * A proxy between a force and intake that breaks: `closed` drops every call, `swallow` drops that many
 * answers.
 */
async function startWay(target: string) {
  const way = { closed: false, swallow: 0 };
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    if (way.closed) return void incoming.socket.destroy();
    const { method = 'GET', url = '' } = incoming;
    const headers = Object.fromEntries(
      ['authorization', 'content-type', 'idempotency-key'].flatMap((name) =>
        incoming.headers[name] ? [[name, String(incoming.headers[name])]] : [],
      ),
    );
    const answer = await fetch(`${target}${url}`, { method, headers, ...(body !== '' && { body }) });
    const answered = await answer.text();
    if (way.swallow > 0) {
      way.swallow -= 1;
      return void incoming.socket.destroy();
    }
    outgoing.writeHead(
      answer.status,
      Object.fromEntries([...answer.headers].filter(([name]) => !/length|encoding|connection/.test(name))),
    );
    outgoing.end(answered);
  };
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return Object.assign(way, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}

async function clientOf(more: Partial<ForceClientSettings> = {}, force = intake.force): Promise<ForceClient> {
  const token = await intake.identity.forceToken(force);
  return new ForceClient({
    url: wayTo.url,
    credentials: { token: async () => token, forget: () => undefined },
    ...more,
  });
}
const submission = (changes: Record<string, unknown> = {}): Submission =>
  repair(changes) as unknown as Submission;
const countOf = async (reference: string): Promise<number> =>
  (
    await intake.rows<{ n: number }>(
      'select count(*)::int as n from request where reference = $1',
      [intake.force],
      [reference],
    )
  )[0]?.n ?? 0;

const sequenceOf = async ({ id }: Request): Promise<unknown> =>
  (await intake.get(`/v1/requests/${id}`)).body['sequence'];

/** An event as the unit publishes it. */
async function said(
  request: Request,
  type: string,
  sequence: number,
  state: string,
  more: object = {},
): Promise<void> {
  const value = {
    requestId: request.id,
    forceReference: request.reference,
    unit: 'fleet',
    type: 'vehicle-repair',
    unitReference: 'FLT-26-000123',
    state,
    sequence,
    at: new Date().toISOString(),
    ...more,
  };
  const about = {
    id: newId(),
    source: '/unit/fleet',
    time: value.at,
    owningForce: intake.force,
    subject: request.id,
  };
  await intake.publish(forceEventsTopic(intake.force), [
    wire(encodeEnvelope({ ...about, type: `concordat.${type}.v1`, value })),
  ]);
}

describe("a force's client", () => {
  it('submits every request despite a limit, repeating each with its own key until it is accepted', async () => {
    const keys: string[] = [];
    const onCall = async ({ headers }: globalThis.Request) =>
      void keys.push(headers.get('idempotency-key') ?? '');
    const client = await clientOf({ onCall }, intake.other);
    const sent = Array.from({ length: FLOOD }, () => submission());
    const taken = await Promise.all(sent.map((one) => client.submit(one)));
    expect(taken.map(({ request }) => request.reference)).toEqual(sent.map(({ reference }) => reference));
    expect(taken.every(({ already, uncertain }) => !already && !uncertain)).toBe(true);
    expect(new Set(keys).size).toBe(FLOOD);
    expect(keys.length).toBeGreaterThan(FLOOD);
  });

  it('finds its request stored when only the answer was lost: stored once, and reported as possibly its own', async () => {
    const client = await clientOf();
    const one = submission();
    wayTo.swallow = 2;
    const { request, already, uncertain } = await client.submit(one);
    expect([request.reference, already, uncertain]).toEqual([one.reference, true, true]);
    expect(await countOf(one.reference)).toBe(1);
  });

  it('gives up when no definite answer comes in time, and the same call succeeds later', async () => {
    const retries: string[] = [];
    const client = await clientOf({ limits: { giveUpAfterMs: 2_000, onRetry: (why) => retries.push(why) } });
    const one = submission();
    const key = newId();
    wayTo.closed = true;
    await expect(client.submit(one, { key })).rejects.toThrow(GaveUp);
    expect(retries.length).toBeGreaterThan(0);
    wayTo.closed = false;
    expect((await client.submit(one, { key })).request.reference).toBe(one.reference);
  });

  it('throws a refusal as its problem with the pointers, and does not repeat the call', async () => {
    let calls = 0;
    const client = await clientOf({ onCall: async () => void (calls += 1) });
    const refused = await client
      .submit(submission({ payload: {} }))
      .catch((error: unknown) => error as Refused);
    expect(refused).toBeInstanceOf(Refused);
    const { problem } = refused as Refused;
    expect(problem).toMatchObject({ status: 422, code: 'invalid-payload', kind: 'business' });
    expect(problem.errors?.map(({ pointer }) => pointer)).toContain('/payload/vrm');
    expect(calls).toBe(1);
  });

  it('sees nothing of another force: its reference finds nothing, its id is not found', async () => {
    const { request } = await (await clientOf()).submit(submission());
    const other = await clientOf({}, intake.other);
    expect(await other.find(request.reference)).toBeUndefined();
    await expect(other.read(request.id)).rejects.toMatchObject({ status: 404, code: 'not-found' });
  });

  it('sends an upload again when its answer was lost, and finds it done: each line stored once with its result', async () => {
    const client = await clientOf();
    const lines = [submission(), submission({ payload: {} }), submission()];
    const open = () => new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')]).stream();
    wayTo.swallow = 1;
    const { id, accepted, refused, state } = await client.bulk.submit({
      open,
      format: 'ndjson',
      key: newId(),
    });
    expect([accepted, refused, state]).toEqual([2, 1, 'finished']);
    const results: [number, string, string | undefined][] = [];
    for await (const { line, outcome, reference } of client.bulk.results(id))
      results.push([line, outcome, reference]);
    expect(results).toEqual(
      lines.map(({ reference }, index) => [index + 1, index === 1 ? 'refused' : 'accepted', reference]),
    );
    expect(await countOf(lines[0]?.reference ?? '')).toBe(1);
  });

  it('watches a request until it is final, and then ends', async () => {
    const client = await clientOf();
    const { request } = await client.submit(submission());
    const states: string[] = [];
    for await (const { state, answer } of client.watch(request.id)) {
      states.push(state);
      if (state === 'accepted') await said(request, 'request-queued', 1, 'queued');
      if (state === 'queued')
        await said(request, 'request-answered', 3, 'answered', { answer: { outcome: 'repaired' } });
      if (state === 'answered') expect(answer).toMatchObject({ outcome: 'repaired' });
    }
    expect(states).toEqual(['accepted', 'queued', 'answered']);
  });

  it('follows the feed over a broken connection, and continues after a cursor without a gap or a repeat', async () => {
    const client = await clientOf();
    const { request } = await client.submit(submission());
    /** The events of the unit; the feed has the submission too. */
    const heard: { id: string; cursor: string; type: string }[] = [];
    const stop = new AbortController();
    const following = await clientOf({ limits: { giveUpAfterMs: 100, signal: stop.signal } });
    const listening = (async () => {
      for await (const event of following.events({ follow: true }))
        if (event.requestId === request.id && (event.data as { sequence?: number }).sequence !== undefined)
          heard.push(event);
    })().catch((error: unknown) => error as Error);
    await said(request, 'request-queued', 1, 'queued');
    await eventually(() => heard.length === 1, { says: 'the first event', withinMs: 40_000 });
    wayTo.closed = true;
    await said(request, 'request-claimed', 2, 'claimed');
    await eventually(async () => (await sequenceOf(request)) === 2, { says: 'intake has the second' });
    wayTo.closed = false;
    await eventually(() => heard.length === 2, {
      says: 'the second event, after the break',
      withinMs: 40_000,
    });
    stop.abort();
    await expect(listening).resolves.toMatchObject({ name: 'AbortError' });
    expect(heard.map(({ type }) => type)).toEqual([
      'concordat.request-queued.v1',
      'concordat.request-claimed.v1',
    ]);

    const again: string[] = [];
    for await (const { id } of client.events({ after: heard[0]?.cursor ?? '' })) again.push(id);
    expect(again).toEqual([heard[1]?.id]);
  });
});
