import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { eventually } from '#testing';
import { Cursors } from '#web';
import { Webhook } from 'standardwebhooks';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Answer } from '../../intake.fixture.ts';
import {
  answering,
  PATIENCE,
  startWebhooks,
  type Received,
  type WebhooksUnderTest,
} from '../manage-webhooks/webhooks.fixture.ts';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { ForceDeliveries } from './force-deliveries.ts';
import { webhooksOf } from './webhook.config.ts';

const PUBLIC = { address: '93.184.215.14', family: 4 };
const LOOPBACK = { address: '127.0.0.1', family: 4 };

describe('a webhook', () => {
  let hooks: WebhooksUnderTest;
  let resolved = [PUBLIC];
  let resolutions = 0;

  beforeAll(async () => {
    const resolve = async () => {
      resolutions += 1;
      return resolved;
    };
    hooks = await startWebhooks({ timeoutMs: 4_000, resolve });
  }, 120_000);
  afterAll(() => hooks.stop());

  const [first, second] = [0, 1] as const;
  /** A new webhook for one test, at a receiver that has had no calls yet. */
  async function webhookAt(place: 0 | 1, types?: string[]) {
    const receiver = hooks.receivers[place];
    receiver.answer = answering(204);
    // A webhook begins at the oldest open transaction of the event log. While another test holds one, earlier
    // events are sent too.
    const before = await hooks.happens();
    await eventually(async () => (await feed()).some((item) => item['id'] === before), PATIENCE);
    receiver.calls.length = 0;
    const { body } = await hooks.create({ url: receiver.url, ...(types && { types }) });
    const [id, secret, version] = [String(body['id']), String(body['secret']), Number(body['version'])];
    return { receiver, id, secret, version };
  }
  const deliveryOf = async (id: string, eventId: string) =>
    (await hooks.deliveries(id)).find((delivery) => delivery['eventId'] === eventId);
  /** Waits for the delivery with these fields. */
  const until = (id: string, eventId: string, says: Record<string, unknown>) =>
    eventually(
      async () => {
        const delivery = await deliveryOf(id, eventId);
        return Object.entries(says).every(([name, value]) => delivery?.[name] === value)
          ? delivery
          : undefined;
      },
      { ...PATIENCE, says: JSON.stringify(says) },
    );
  const feed = async () => (await hooks.get('/v1/events?limit=1000')).body['items'] as Answer['body'][];
  const remove = async (id: string) => {
    const version = Number((await hooks.read(id))['version']);
    expect((await hooks.send('DELETE', `/v1/webhooks/${id}`, { ifMatch: `"${version}"` })).status).toBe(204);
  };
  const takes = (secret: string, { body, headers }: Received): boolean => {
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  };

  it('gets each event as it is in the feed, signed so that an independent verifier accepts it', async () => {
    const { receiver, id, secret } = await webhookAt(first);
    const eventId = await hooks.happens();
    const [call] = await hooks.calls(receiver, 1);
    expect(call?.id).toBe(eventId);
    expect(new Webhook(secret).verify(call?.body ?? '', call?.headers ?? {})).toEqual(
      JSON.parse(call?.body ?? ''),
    );
    const items = await feed();
    expect(JSON.parse(call?.body ?? '')).toEqual(items.find((item) => item['id'] === eventId));
    expect(takes('whsec_' + Buffer.alloc(32).toString('base64'), call as Received)).toBe(false);
    await until(id, eventId, { state: 'delivered', tries: 1, lastStatus: 204 });
    await remove(id);
  });

  it('can be verified by the code of the how-to, which refuses a changed message', async () => {
    const { receiver, id, secret } = await webhookAt(first);
    await hooks.happens();
    const [call] = await hooks.calls(receiver, 1);
    const howTo = readFileSync('docs/how-to/receive-webhooks.md', 'utf8');
    const code = /```ts\n([\s\S]+?)```/.exec(howTo)?.[1] ?? '';
    const verifies = (body?: string): string => {
      const calling = `verify(${[secret, call?.headers, body].map((argument) => JSON.stringify(argument)).join(', ')})`;
      const script = `${code}\ntry { ${calling}; process.stdout.write('taken'); } catch (error) { process.stdout.write((error as Error).message); }`;
      return execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', script], {
        encoding: 'utf8',
      });
    };
    expect(verifies(call?.body)).toBe('taken');
    expect(verifies(call?.body.replace('queued', 'answered'))).toBe('not signed with this secret');
    await remove(id);
  });

  it('is signed with both secrets after a rotation, and only with the new one after the old one is deleted', async () => {
    const { receiver, id, secret, version } = await webhookAt(first);
    const rotated = await hooks.send('POST', `/v1/webhooks/${id}/secret`, { ifMatch: `"${version}"` });
    expect(rotated.status).toBe(200);
    const fresh = String(rotated.body['secret']);
    await hooks.happens();
    const [both] = await hooks.calls(receiver, 1);
    expect([secret, fresh].map((each) => takes(each, both as Received))).toEqual([true, true]);

    const dropped = await hooks.send('DELETE', `/v1/webhooks/${id}/previous-secret`, {
      ifMatch: `"${version + 1}"`,
    });
    expect([dropped.status, dropped.body['previousSecretUntil']]).toEqual([200, null]);
    // An event that was read before the deletion may still be on its way, so look at a later one.
    const later = await eventually(async () => {
      const eventId = await hooks.happens();
      const call = await eventually(() => receiver.calls.find((each) => each.id === eventId), PATIENCE);
      return !takes(secret, call) && call;
    }, PATIENCE);
    expect(takes(fresh, later)).toBe(true);
    await remove(id);
  });

  it('that fails delays no other: each destination has its own place and log', async () => {
    const failing = await webhookAt(first);
    const healthy = await webhookAt(second);
    failing.receiver.answer = answering(500);
    const events = [await hooks.happens(), await hooks.happens(), await hooks.happens()];
    for (const eventId of events) {
      await until(healthy.id, eventId, { state: 'delivered' });
      await until(failing.id, eventId, {
        state: 'waiting',
        tries: 1,
        lastStatus: 500,
        lastError: 'answered 500',
      });
    }
    expect((await hooks.read(healthy.id))['enabled']).toBe(true);
    await remove(failing.id);
    await remove(healthy.id);
  });

  it('is tried six times with growing waits, then disabled, and its force is notified in the feed', async () => {
    const { receiver, id, version } = await webhookAt(first, ['concordat.request-answered.v1']);
    const watching = await webhookAt(second, ['concordat.webhook-disabled.v1']);
    receiver.answer = answering(503);
    const eventId = await hooks.happens({ type: 'concordat.request-answered.v1' });
    for (const [place, wait] of [5, 300, 1_800, 7_200, 18_000].entries()) {
      const tried = await until(id, eventId, {
        state: 'waiting',
        tries: place + 1,
        lastStatus: 503,
        lastError: 'answered 503',
      });
      const waits = (Date.parse(String(tried['nextTryAt'])) - Date.parse(String(tried['lastTryAt']))) / 1_000;
      expect(waits).toBeGreaterThanOrEqual(wait);
      expect(waits).toBeLessThan(wait + 20);
      await hooks.timePasses(id);
      await hooks.calls(receiver, place + 2);
    }
    const given = await until(id, eventId, { state: 'given-up' });
    expect(given).toMatchObject({ tries: 6, lastStatus: 503, nextTryAt: null });
    expect(receiver.calls.map((call) => call.id)).toEqual(Array.from({ length: 6 }, () => eventId));
    const webhook = await hooks.read(id);
    expect(webhook).toMatchObject({ enabled: false, version: version + 1 });
    expect(webhook['disabledReason']).toContain('failed 6 times');

    // The feed ends before the oldest open transaction, which may be another test's.
    const find = async () => (await feed()).find(({ type }) => type === 'concordat.webhook-disabled.v1');
    const notice = await eventually(find, PATIENCE);
    expect(notice).toMatchObject({
      requestId: null,
      data: { webhookId: id, reason: webhook['disabledReason'] },
    });
    expect((await hooks.get('/v1/events?limit=1000', hooks.other)).body['items']).toEqual([]);
    const [alarm] = await hooks.calls(watching.receiver, 1);
    expect(JSON.parse(alarm?.body ?? '')).toEqual(notice);
    await remove(id);
    await remove(watching.id);
  });

  it('continues when one event is given up while others arrive', async () => {
    const { receiver, id } = await webhookAt(first);
    const poison = await hooks.happens();
    receiver.answer = (reply, call) => answering(call.id === poison ? 500 : 204)(reply);
    for (let tries = 1; tries <= 5; tries += 1) {
      await until(id, poison, { state: 'waiting', tries, lastStatus: 500, lastError: 'answered 500' });
      const fine = await hooks.happens();
      await until(id, fine, { state: 'delivered' });
      await hooks.timePasses(id);
      await eventually(() => receiver.calls.filter((call) => call.id === poison).length > tries, PATIENCE);
    }
    await until(id, poison, { state: 'given-up', tries: 6 });
    expect((await hooks.read(id))['enabled']).toBe(true);
    await remove(id);
  });

  it('is disabled at once by 410 Gone', async () => {
    const { receiver, id } = await webhookAt(first);
    receiver.answer = answering(410);
    const eventId = await hooks.happens();
    await until(id, eventId, { state: 'given-up', tries: 1, lastStatus: 410 });
    expect(await hooks.read(id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('410 Gone'),
    });
    await remove(id);
  });

  it('gets the events of one request in order: each waits for the one before, other requests do not wait', async () => {
    const { receiver, id } = await webhookAt(first);
    const requestId = newId();
    const one = await hooks.happens({ requestId });
    receiver.answer = (reply, call) => answering(call.id === one ? 500 : 204)(reply);
    await until(id, one, { tries: 1, lastStatus: 500 });
    const two = await hooks.happens({ requestId });
    const other = await hooks.happens();
    await until(id, other, { state: 'delivered' });
    expect(await deliveryOf(id, two)).toMatchObject({ state: 'waiting', tries: 0 });
    receiver.answer = answering(204);
    await hooks.timePasses(id);
    await until(id, two, { state: 'delivered' });
    expect(receiver.calls.map((call) => call.id)).toEqual([one, other, one, two]);
    await remove(id);
  });

  it('gets an event again, by its id or by a period, under the same webhook-id', async () => {
    const { receiver, id } = await webhookAt(first);
    const since = new Date(Date.now() - 60_000).toISOString();
    const [one, two] = [await hooks.happens(), await hooks.happens()];
    for (const eventId of [one, two]) await until(id, eventId, { state: 'delivered' });
    // A delivered event has the same cursor as in the feed.
    const { cursor } = JSON.parse(receiver.calls.find((call) => call.id === one)?.body ?? '{}') as {
      cursor: string;
    };
    const behind = (await hooks.get(`/v1/events?after=${cursor}`)).body['items'] as { id: string }[];
    expect(behind.map((event) => event.id)).toEqual([two]);
    const again = await hooks.send('POST', `/v1/webhooks/${id}/redeliveries`, { body: { eventId: one } });
    expect([again.status, again.body]).toEqual([202, { count: 1 }]);
    await hooks.calls(receiver, 3);
    expect(receiver.calls[2]?.id).toBe(one);
    await until(id, one, { state: 'delivered' });
    const all = await hooks.send('POST', `/v1/webhooks/${id}/redeliveries`, { body: { since } });
    expect(all.body).toEqual({ count: 2 });
    await hooks.calls(receiver, 5);
    expect(
      receiver.calls
        .slice(3)
        .map((call) => call.id)
        .sort(),
    ).toEqual([one, two].sort());
    await remove(id);
  });

  it('gets an event a second time, under the same webhook-id, if the sender dies after sending', async () => {
    const { receiver, id } = await webhookAt(first);
    const owner = await Database.open({
      url: hooks.database.ownerUrl,
      applicationName: 'test-falls',
      poolMax: 1,
    });
    const run = async (sql: string) =>
      (await owner.transaction([], (client) => client.query<{ n: number }>(sql))).rows;
    // A sequence also counts attempts that were rolled back.
    await run(`create sequence falls;
      create function fall() returns trigger language plpgsql security definer as $$
      begin perform nextval('public.falls'); raise exception 'fell'; end $$;
      create trigger fall before update on webhook_delivery for each row when (new.state = 'delivered') execute function fall()`);
    const eventId = await hooks.happens();
    await eventually(
      async () => (await run('select case when is_called then 1 else 0 end as n from falls'))[0]?.n,
      PATIENCE,
    );
    await run('drop trigger fall on webhook_delivery; drop function fall; drop sequence falls');
    await owner.close();
    expect(await deliveryOf(id, eventId)).toMatchObject({ state: 'waiting', tries: 1, lastStatus: null });
    await hooks.timePasses(id);
    await until(id, eventId, { state: 'delivered', tries: 2 });
    expect(receiver.calls.map((call) => call.id)).toEqual([eventId, eventId]);
    await remove(id);
  });

  it('gets no seventh try when the result of the sixth was lost', async () => {
    const { receiver, id } = await webhookAt(first);
    receiver.answer = answering(500);
    const eventId = await hooks.happens();
    await until(id, eventId, { tries: 1, lastStatus: 500 });
    await hooks.own.transaction([hooks.force], (client) =>
      client.query(
        `update webhook_delivery set tries = 6, next_try_at = now() where owning_force = $1 and webhook_id = $2`,
        [hooks.force, id],
      ),
    );
    await until(id, eventId, {
      state: 'given-up',
      tries: 6,
      lastError: 'the result of the last try was lost',
    });
    expect(receiver.calls).toHaveLength(1);
    await remove(id);
  });

  it('is served by several replicas at once, each event by one of them', async () => {
    const { receiver, id } = await webhookAt(first);
    const types = { isLawEnforcement: () => false } as unknown as RequestTypeDirectory;
    const settings = webhooksOf({
      webhookRetrySeconds: [5],
      webhookTimeoutSeconds: 10,
      webhookLocalDestinations: [receiver.place],
    });
    const replica = new ForceDeliveries(
      hooks.own,
      types,
      hooks.force,
      settings,
      new Cursors({ current: randomBytes(32) }),
    );
    replica.start();
    const events: string[] = [];
    for (let count = 0; count < 30; count += 1) events.push(await hooks.happens());
    for (const eventId of events) await until(id, eventId, { state: 'delivered', tries: 1 });
    await replica.stop();
    expect(receiver.calls.map((call) => call.id).sort()).toEqual(events.sort());
    await remove(id);
  });

  it('is not followed to another address when it redirects', async () => {
    const { receiver, id } = await webhookAt(first);
    const elsewhere = hooks.receivers[second];
    elsewhere.calls.length = 0;
    receiver.answer = answering(307, { location: elsewhere.url });
    const eventId = await hooks.happens();
    await until(id, eventId, {
      state: 'waiting',
      tries: 1,
      lastStatus: 307,
      lastError: 'answered 307; redirects are not followed',
    });
    expect(elsewhere.calls).toEqual([]);
    await remove(id);
  });

  it('counts as failed when no answer comes in time', async () => {
    const { receiver, id } = await webhookAt(first);
    receiver.answer = () => undefined;
    const eventId = await hooks.happens();
    await until(id, eventId, {
      state: 'waiting',
      tries: 1,
      lastStatus: null,
      lastError: 'no answer within 4 s',
    });
    await remove(id);
  });

  it('is judged by its status, whatever body follows: a flood is cut off, a slow body ends with the time limit', async () => {
    const { receiver, id } = await webhookAt(first);
    const [flood, trickle] = ['flood', 'trickle'].map(() => newId());
    const cut: string[] = [];
    receiver.answer = (reply, call) => {
      const flooding = (JSON.parse(call.body) as { requestId: string }).requestId === flood;
      reply.writeHead(200);
      const writing = setInterval(() => reply.write(Buffer.alloc(flooding ? 65_536 : 1)), 50);
      reply.on('close', () => {
        clearInterval(writing);
        cut.push(flooding ? 'flood' : 'trickle');
      });
    };
    for (const requestId of [flood, trickle] as string[]) {
      const eventId = await hooks.happens({ requestId });
      await until(id, eventId, { state: 'delivered', tries: 1, lastStatus: 200 });
    }
    await eventually(() => cut.length === 2, PATIENCE);
    expect(cut).toEqual(['flood', 'trickle']);
    await remove(id);
  });

  it('gets nothing when its name leads to a private address, and its name is resolved once per try', async () => {
    const receiver = hooks.receivers[second];
    receiver.calls.length = 0;
    resolved = [PUBLIC];
    const port = receiver.place.split(':')[1] ?? '';
    const { body } = await hooks.create({ url: `https://rebinding.example:${port}/` });
    const id = String(body['id']);
    resolved = [LOOPBACK];
    resolutions = 0;
    const eventId = await hooks.happens();
    const lastError = 'the host rebinding.example does not resolve to public addresses only';
    await until(id, eventId, { state: 'waiting', tries: 1, lastStatus: null, lastError });
    expect(resolutions).toBe(1);
    expect(receiver.calls).toEqual([]);
    await remove(id);
  });

  it('that gets a law-enforcement record has each try in the access log before the try', async () => {
    const { receiver, id } = await webhookAt(first);
    const requestId = newId();
    await hooks.happens({ requestId, about: 'crime-report' });
    await hooks.calls(receiver, 1);
    const rows = await hooks.rows<{ person: string; operation: string; recipient: string }>(
      'select person, operation, recipient from access_log where request_id = $1',
      [hooks.force],
      [requestId],
    );
    expect(rows).toEqual([
      { person: `force-${hooks.force}`, operation: 'disclosure', recipient: `webhook ${id}` },
    ]);
    await remove(id);
  });
});
