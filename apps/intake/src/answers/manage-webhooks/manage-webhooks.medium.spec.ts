import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { PATIENCE, startWebhooks, type WebhooksUnderTest } from './webhooks.fixture.ts';

describe('the webhooks of a force', () => {
  let hooks: WebhooksUnderTest;
  const addresses = new Map([
    ['public.example', ['93.184.215.14', '2606:2800:21f:cb07::1']],
    ['inside.example', ['10.1.2.3']],
    ['mixed.example', ['93.184.215.14', '169.254.169.254']],
  ]);

  beforeAll(async () => {
    const resolve = async (host: string) =>
      (addresses.get(host) ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    hooks = await startWebhooks({ resolve });
  }, 120_000);
  afterAll(() => hooks.stop());

  const PLACE = 'https://public.example/hooks';
  const remove = (id: unknown, version = 1) =>
    hooks.send('DELETE', `/v1/webhooks/${String(id)}`, { ifMatch: `"${version}"` });
  const ids = async (): Promise<unknown[]> =>
    ((await hooks.get('/v1/webhooks')).body['items'] as { id: unknown }[]).map(({ id }) => id);

  it('show the secret once, in the answer that creates it', async () => {
    const created = await hooks.create({ url: PLACE, types: ['concordat.request-answered.v1'] });
    const { secret, ...webhook } = created.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(created.headers.get('location')).toBe(`/v1/webhooks/${String(webhook['id'])}`);
    const read = await hooks.get(`/v1/webhooks/${String(webhook['id'])}`);
    expect(read.body).toEqual(webhook);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(webhook).toMatchObject({
      url: PLACE,
      types: ['concordat.request-answered.v1'],
      enabled: true,
      disabledReason: null,
    });
    expect((await hooks.get('/v1/webhooks')).body['items']).toEqual([webhook]);
    expect((await remove(webhook['id'])).status).toBe(204);
    expect(await ids()).toEqual([]);
  });

  it.each([
    ['http', 'http://public.example/', 'https'],
    ['http to a place that no setting names', 'http://127.0.0.1:1/', 'https'],
    ['another scheme', 'file:///etc/passwd', 'https'],
    ['credentials in the URL', 'https://user:word@public.example/', 'url'],
    ['a fragment', 'https://public.example/#here', 'url'],
    ['no URL', 'public.example', 'url'],
    ['an address of loopback', 'https://127.0.0.1/', 'public-address'],
    ['loopback in IPv6', 'https://[::1]/', 'public-address'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest', 'public-address'],
    ['a name that leads inwards', 'https://inside.example/', 'public-address'],
    ['a name that leads inwards as well', 'https://mixed.example/', 'public-address'],
    ['a name that is not there', 'https://nowhere.example/', 'public-address'],
  ])('are refused at %s, when created and when changed', async (_, url, code) => {
    const refused = await hooks.send('POST', '/v1/webhooks', { body: { url } });
    expect([refused.status, refused.body['code'], refused.body['errors']]).toEqual([
      400,
      'invalid-request',
      [{ pointer: '/url', code, detail: expect.any(String) }],
    ]);
    const { body } = await hooks.create({ url: PLACE });
    const changed = await hooks.change(String(body['id']), 1, { url });
    expect([changed.status, changed.body['errors']]).toEqual([400, refused.body['errors']]);
    await remove(body['id']);
  });

  it.each([
    ['no body', undefined, ''],
    ['an unknown field', { url: PLACE, secret: 'whsec_mine' }, '/secret'],
    [
      'an event type that never appears in the feed',
      { url: PLACE, types: ['concordat.submit-request.v1'] },
      '/types',
    ],
    ['an unknown type of event', { url: PLACE, types: ['concordat.nothing.v1'] }, '/types'],
    ['no types at all', { url: PLACE, types: [] }, '/types'],
  ])('are refused with %s', async (_, body, pointer) => {
    const refused = await hooks.send('POST', '/v1/webhooks', { body });
    expect([refused.status, refused.body['errors'][0].pointer]).toEqual([400, pointer]);
  });

  it('accept the event types of the feed, and name them when another one is asked for', async () => {
    const refused = await hooks.send('POST', '/v1/webhooks', {
      body: { url: PLACE, types: ['concordat.agreement-published.v1'] },
    });
    const [{ code, detail }] = refused.body['errors'] as [{ code: string; detail: string }];
    const named = detail.match(/concordat\.[a-z-]+\.v1/g) ?? [];
    expect([code, named.length]).toEqual(['isIn', 27]);
    const misspelt = await hooks.send('POST', '/v1/webhooks', {
      body: { url: PLACE, types: ['concordat.request-anwsered.v1'] },
    });
    expect(misspelt.body['errors'][0].detail).toMatch(/^did you mean concordat\.request-answered\.v1\?/);
    const made = await hooks.create({ url: PLACE, types: named });
    expect(made.body['types']).toEqual(named);
    await remove(made.body['id']);
  });

  it('are limited to ten', async () => {
    const made = await Promise.all(
      Array.from({ length: 12 }, () => hooks.send('POST', '/v1/webhooks', { body: { url: PLACE } })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 10 }, () => 201),
      400,
      400,
    ]);
    for (const id of await ids()) await remove(id);
  });

  it('change only for a caller that has read their last version', async () => {
    const { body } = await hooks.create({ url: PLACE });
    const path = `/v1/webhooks/${String(body['id'])}`;
    const calls = [
      ['PATCH', path, { enabled: false }],
      ['DELETE', path, undefined],
      ['POST', `${path}/secret`, undefined],
      ['DELETE', `${path}/previous-secret`, undefined],
    ] as const;
    for (const [method, target, change] of calls) {
      const options = { ...(change && { body: change }) };
      expect((await hooks.send(method, target, options)).body['code']).toBe('version-required');
      expect((await hooks.send(method, target, { ...options, ifMatch: '"7"' })).body).toMatchObject({
        code: 'version-changed',
        currentVersion: 1,
      });
    }
    expect((await hooks.get(path)).body).toMatchObject({ version: 1, enabled: true });
    await remove(body['id']);
  });

  it('are not found by another force, on any route', async () => {
    const { body } = await hooks.create({ url: PLACE });
    const unknown = newId();
    for (const id of [String(body['id']), unknown, 'no-id']) {
      const path = `/v1/webhooks/${id}`;
      const as = { force: hooks.other };
      const read = { ...as, ifMatch: '"1"' };
      const answers = [
        await hooks.send('GET', path, as),
        await hooks.send('PATCH', path, { ...read, body: { enabled: false } }),
        await hooks.send('DELETE', path, read),
        await hooks.send('POST', `${path}/secret`, read),
        await hooks.send('DELETE', `${path}/previous-secret`, read),
        await hooks.send('GET', `${path}/deliveries`, as),
        await hooks.send('POST', `${path}/redeliveries`, { ...as, body: { eventId: newId() } }),
        await hooks.send('POST', `${path}/redeliveries`, { ...as, body: { since: '2026-01-01T00:00:00Z' } }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    }
    expect((await hooks.get('/v1/webhooks', hooks.other)).body['items']).toEqual([]);
    expect(await hooks.rows('select 1 from webhook', [hooks.other])).toEqual([]);
    expect(await hooks.rows('select 1 from webhook', [])).toEqual([]);
    expect(await ids()).toEqual([body['id']]);
    await remove(body['id']);
  });

  it('get the events they ask for and none from before, and continue from their place after they were disabled', async () => {
    const [receiver] = hooks.receivers;
    const before = await hooks.happens({ type: 'concordat.request-answered.v1' });
    // Wait until the events are in the feed: then no transaction of this PostgreSQL holds them back.
    await eventually(
      async () => JSON.stringify((await hooks.get('/v1/events')).body).includes(before),
      PATIENCE,
    );
    const { body } = await hooks.create({ url: receiver.url, types: ['concordat.request-answered.v1'] });
    const id = String(body['id']);
    const wanted = await hooks.happens({ type: 'concordat.request-answered.v1' });
    await hooks.calls(receiver, 1);

    expect((await hooks.change(id, 1, { enabled: false })).body).toMatchObject({
      enabled: false,
      disabledReason: 'Disabled by the force.',
    });
    await hooks.happens({ type: 'concordat.request-queued.v1' });
    const missed = await hooks.happens({ type: 'concordat.request-answered.v1' });
    await hooks.happens({ type: 'concordat.request-answered.v1', of: hooks.other });
    const again = await hooks.change(id, 2, { enabled: true, types: [] });
    expect(again.body).toMatchObject({
      enabled: true,
      disabledReason: null,
      disabledAt: null,
      types: null,
      version: 3,
    });
    const queued = await hooks.happens({ type: 'concordat.request-queued.v1' });
    await eventually(() => receiver.calls.some((call) => call.id === queued), PATIENCE);
    const got = receiver.calls.map((call) => call.id);
    expect(got).toEqual(expect.arrayContaining([wanted, missed, queued]));
    const types = (await hooks.deliveries(id)).map((delivery) => delivery['type'] as string);
    // A disabled webhook does not move, so its new types apply to every event since.
    expect(types).toEqual([
      'concordat.request-queued.v1',
      'concordat.request-answered.v1',
      'concordat.request-queued.v1',
      'concordat.request-answered.v1',
    ]);
    await remove(id, 3);
  });

  it('have a log that can be read page by page, newest first, by state', async () => {
    const [receiver] = hooks.receivers;
    const { body } = await hooks.create({ url: receiver.url });
    const path = `/v1/webhooks/${String(body['id'])}/deliveries`;
    const events = [await hooks.happens(), await hooks.happens(), await hooks.happens()];
    await eventually(
      async () => (await hooks.get(`${path}?state=delivered`)).body['items'].length === 3,
      PATIENCE,
    );
    const first = await hooks.get(`${path}?limit=2`);
    const rest = await hooks.get(`${path}?limit=2&cursor=${String(first.body['next'])}`);
    const listed = [...first.body['items'], ...rest.body['items']] as { eventId: string }[];
    expect(listed.map(({ eventId }) => eventId)).toEqual(events.reverse());
    expect(first.headers.get('link')).toContain('rel="next"');
    expect(rest.body['next']).toBeUndefined();
    expect((await hooks.get(`${path}?state=waiting`)).body['items']).toEqual([]);
    expect((await hooks.get(`${path}?state=lost`)).body['code']).toBe('invalid-request');
    expect((await hooks.get(`${path}?cursor=mine`)).body['code']).toBe('invalid-cursor');
    await remove(body['id']);
  });

  it.each([
    ['nothing named', {}, 400],
    ['an event and a span', { eventId: newId(), since: '2026-01-01T00:00:00Z' }, 400],
    ['an end without a beginning', { until: '2026-01-01T00:00:00Z' }, 400],
    ['a span that is no time', { since: 'yesterday' }, 400],
    ['an event that never was', { eventId: newId() }, 404],
    ['an event id that is none', { eventId: 'mine' }, 404],
  ])('are sent nothing again with %s', async (_, body, status) => {
    const created = await hooks.create({ url: PLACE });
    const answer = await hooks.send('POST', `/v1/webhooks/${String(created.body['id'])}/redeliveries`, {
      body,
    });
    expect(answer.status).toBe(status);
    await remove(created.body['id']);
  });
});
