import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import {
  answering,
  PATIENCE,
  startWebhooks,
  type WebhooksUnderTest,
} from '../manage-webhooks/webhooks.fixture.ts';

type Delivery = Record<string, unknown>;

describe('the next try of a webhook', () => {
  let hooks: WebhooksUnderTest;
  beforeAll(async () => {
    hooks = await startWebhooks({ timeoutMs: 4_000, retrySeconds: [60, 18_000] });
  }, 120_000);
  afterAll(() => hooks.stop());

  // Otherwise the receiver would get the next test's events from these webhooks too.
  afterEach(async () => {
    const { items } = (await hooks.get('/v1/webhooks')).body as { items: { id: string; version: number }[] };
    for (const { id, version } of items)
      await hooks.send('DELETE', `/v1/webhooks/${id}`, { ifMatch: `"${version}"` });
  });

  const webhook = async (): Promise<{ id: string; version: number }> => {
    const [receiver] = hooks.receivers;
    receiver.answer = answering(204);
    // Earlier events are sent to a new webhook too while another test holds a transaction open.
    const before = await hooks.happens();
    await eventually(
      async () =>
        ((await hooks.get('/v1/events?limit=1000')).body['items'] as Delivery[]).some(
          (item) => item['id'] === before,
        ),
      PATIENCE,
    );
    receiver.calls.length = 0;
    const { body } = await hooks.create({ url: receiver.url });
    return { id: String(body['id']), version: Number(body['version']) };
  };
  const until = (id: string, eventId: string, holds: (delivery: Delivery) => boolean): Promise<Delivery> =>
    eventually(
      async () => (await hooks.deliveries(id)).find((one) => one['eventId'] === eventId && holds(one)),
      PATIENCE,
    );
  const failed = (delivery: Delivery): boolean => delivery['lastStatus'] === 503;
  const waited = ({ nextTryAt, lastTryAt }: Delivery): number =>
    (Date.parse(String(nextTryAt)) - Date.parse(String(lastTryAt))) / 1_000;

  it.each([
    ['in seconds', () => '120', 120],
    ['as a date', () => new Date(Date.now() + 121_000).toUTCString(), 119],
    ['sooner than is planned: the plan holds', () => '1', 60],
    ['beyond the longest wait, which is the limit', () => '999999999', 18_000],
    ['in words that mean nothing', () => 'tomorrow', 60],
  ])('comes no earlier than its receiver asks %s', async (_, header, seconds) => {
    const { id } = await webhook();
    hooks.receivers[0].answer = (reply) => answering(503, { 'retry-after': header() })(reply);
    const waits = waited(await until(id, await hooks.happens(), failed));
    expect(waits).toBeGreaterThanOrEqual(seconds);
    expect(waits).toBeLessThan(seconds + 20);
  });

  it('is never shown as a time in the past, neither for a delivery that is due nor for one that is not sent', async () => {
    const { id, version } = await webhook();
    const requestId = newId();
    hooks.receivers[0].answer = answering(503);
    const one = await hooks.happens({ requestId });
    await until(id, one, failed);
    // It waits for the one before, and was due when it arrived.
    const two = await hooks.happens({ requestId });
    expect(await until(id, two, () => true)).toMatchObject({ state: 'waiting', tries: 0, nextTryAt: null });
    expect((await hooks.change(id, version, { enabled: false })).status).toBe(200);
    await hooks.timePasses(id);
    expect(await until(id, one, () => true)).toMatchObject({ state: 'waiting', nextTryAt: null });
  });

  it('counts for a redelivery all events that are sent again, with those on their way', async () => {
    const { id } = await webhook();
    const [receiver] = hooks.receivers;
    const since = new Date(Date.now() - 60_000).toISOString();
    const requestId = newId();
    const done = [await hooks.happens(), await hooks.happens()];
    for (const eventId of done) await until(id, eventId, (delivery) => delivery['state'] === 'delivered');
    receiver.answer = answering(503);
    const waiting = [await hooks.happens({ requestId }), await hooks.happens({ requestId })];
    await until(id, waiting[0]!, failed);
    await until(id, waiting[1]!, (delivery) => delivery['tries'] === 0);
    receiver.answer = answering(204);
    receiver.calls.length = 0;
    const { status, body } = await hooks.send('POST', `/v1/webhooks/${id}/redeliveries`, { body: { since } });
    expect([status, body]).toEqual([202, { count: 4 }]);
    await hooks.calls(receiver, 4);
    for (const eventId of [...done, ...waiting])
      await until(id, eventId, (delivery) => delivery['state'] === 'delivered');
    expect(receiver.calls.map((call) => call.id).sort()).toEqual([...done, ...waiting].sort());
  });
});
