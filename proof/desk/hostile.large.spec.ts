import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { PlainVisit, type PlainAnswer } from '../../deploy/local/plain-visit.ts';

const COOKIE = '__Host-concordat';
const HOSTILE = `{{7*7}} {% raw %} \${7*7} <script>alert(1)</script> "><img src=x onerror=alert(1)> </textarea><b>`;
/** The text that a page would contain if the text was run or not escaped. */
const HARM = ['<script>alert', '<img src=x', '</textarea><b>', '49 {%'];

let trial: DeskTrial;
let desk: pg.Client;
let request: Arrived;
let caseworker: PlainVisit;
let supervisor: PlainVisit;
const plain = (): PlainVisit => new PlainVisit(trial.origin);

/** Holds what a post of the preferences needs, so that its page is made late. */
async function holdPreferences(): Promise<{
  isAwaited: () => Promise<unknown>;
  giveUp: () => Promise<unknown>;
}> {
  await desk.query('begin; lock table preference in exclusive mode');
  const waiting = `select from pg_locks where relation = 'preference'::regclass and not granted`;
  return {
    isAwaited: () => eventually(async () => (await desk.query(waiting)).rowCount === 1),
    giveUp: () => desk.query('commit'),
  };
}

beforeAll(async () => {
  trial = await DeskTrial.start();
  desk = new pg.Client({ connectionString: trial.system.applicationUrl('desk') });
  await desk.connect();
  const hostile = {
    vrm: newMark(),
    description: HOSTILE,
    location: HOSTILE.slice(0, 80),
    contact: HOSTILE.slice(0, 120),
  };
  request = await trial.submit({ type: 'vehicle-repair', payload: hostile });
  caseworker = plain();
  await caseworker.signIn('fleet.caseworker');
  supervisor = plain();
  await supervisor.signIn('fleet.supervisor');
  expect((await caseworker.postForm(`${request.path}/claim`)).status).toBe(303);
});
afterAll(async () => {
  await desk.end();
  await trial.stop();
});

describe('a form', () => {
  const posts = (): string[] => [
    ...['/next', '/views', '/texts', '/preferences', '/sign-out', '/session/stay'],
    ...['note', 'hold', 'answer', 'decline'].map((command) => `${request.path}/${command}`),
    ...['/quality/draw', `/quality/fleet/${request.id}`],
    `${request.path}/note/unsent`,
    `${request.path}/note/discard`,
  ];

  it('without the token of its session is refused', async () => {
    for (const path of posts()) {
      const answer = await caseworker.post(path, { 'field/text': 'forged' });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  it('of a supervisor that has a field twice is refused', async () => {
    const _csrf = await supervisor.csrf();
    for (const [path, name] of [
      ['/quality/draw', 'kind'],
      [`/quality/fleet/${request.id}`, 'remark'],
    ] as const) {
      const fields = new URLSearchParams({ _csrf, outcome: 'sound', [name]: 'fleet/' });
      fields.append(name, 'legal/');
      expect([path, (await supervisor.post(path, fields)).status]).toEqual([path, 400]);
    }
  });

  it('with the token of another session is refused', async () => {
    const _csrf = await supervisor.csrf();
    for (const path of posts()) {
      const answer = await caseworker.post(path, { 'field/text': 'forged', _csrf });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    const { text } = await caseworker.get(request.path);
    expect(text).not.toContain('forged');
  });
});

describe('a form that no browser would send', () => {
  const refused = async (path: string, body: string, type = 'application/x-www-form-urlencoded') => {
    const { status } = await supervisor.postBody(path, body, type);
    return [path, body, status];
  };

  it.each([
    ['/texts', 'unit=fleet&title=one&title=two&text=x'],
    ['/texts', 'unit=fleet&title=with%00nul&text=x'],
    ['/views', 'name=one&name=two&query='],
    ['/views', 'name=with%00nul&query='],
    ['/preferences', 'keyboard=on&keyboard=off'],
  ])('is refused as unreadable, and is no fault of the desk: %s %s', async (path, body) => {
    const _csrf = await supervisor.csrf();
    const whole = `${body}&_csrf=${encodeURIComponent(_csrf)}`;
    expect(await refused(path, whole)).toEqual([path, whole, 400]);
  });

  it.each(['{"keyboard":{"a":1}}', 'null', '"text"'])('is refused as JSON: %s', async (body) => {
    expect(await refused('/preferences', body, 'application/json')).toEqual(['/preferences', body, 415]);
  });
});

describe('an address', () => {
  it.each(['%0d%0aset-cookie:x=y', '%E2%80%AE', '%C3%A9'])(
    'with characters that a header cannot carry leads back to itself: %s',
    async (reference) => {
      const { status, location, headers } = await caseworker.get(`/requests/fleet/${reference}/note`);
      expect(status).toBe(303);
      expect(headers.getSetCookie()).toEqual([]);
      expect(location?.pathname.toLowerCase()).toBe(
        `/requests/fleet/${encodeURIComponent(decodeURIComponent(reference))}`.toLowerCase(),
      );
    },
  );
});

describe('typed text', () => {
  const kept = async (): Promise<number> => {
    const { rows } = await desk.query<{ n: number }>(
      `select count(*)::int as n from unsent_text where person = 'fleet.supervisor'`,
    );
    return rows[0]?.n ?? 0;
  };
  const keep = async (force: string): Promise<unknown> =>
    supervisor.postForm(`${request.path}/note/unsent`, {
      ...{ _force: force, _id: randomUUID(), 'field/text': 'x' },
    });

  it('of a force that does not exist is not kept, because nothing would ever remove it', async () => {
    await desk.query(`set concordat.forces = 'nowhere'`);
    await keep('nowhere');
    expect(await kept()).toBe(0);
  });

  it('of one person is bounded, whatever requests it is said to be about', async () => {
    const [force] = trial.forces;
    await desk.query(`set concordat.forces = '${force}'`);
    for (let sent = 0; sent < 110; sent += 1) await keep(force);
    expect(await kept()).toBe(100);
  });
});

describe('a session', () => {
  it('gets another id at each sign-in, so that nobody can plant one', async () => {
    const visit = plain();
    await visit.get('/sign-in');
    const planted = visit.cookie(COOKIE);
    expect(planted).toBeDefined();
    await visit.signIn('fleet.caseworker');
    const signedIn = visit.cookie(COOKIE);
    expect(signedIn).not.toBe(planted);
    const thief = plain();
    thief.plant(COOKIE, planted ?? '');
    expect((await thief.get('/work')).location?.pathname).toBe('/sign-in');
  });

  it('is never taken from a cookie that the desk did not sign', async () => {
    for (const value of ['guessed', 'guessed.signature', `${caseworker.cookie(COOKIE) ?? ''}x`]) {
      const visit = plain();
      visit.plant(COOKIE, value);
      expect((await visit.get('/work')).location?.pathname).toBe('/sign-in');
    }
  });

  it('is a cookie of this host alone, over a secure connection, out of reach of scripts', () => {
    expect(caseworker.cookiesSet.length).toBeGreaterThan(0);
    for (const line of caseworker.cookiesSet) {
      expect(line).toMatch(/^__Host-/);
      for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']) expect(line).toContain(part);
      expect(line).not.toContain('Domain');
    }
  });

  it('is worth nothing after signing out, in any window', async () => {
    const visit = plain();
    await visit.signIn('fleet.caseworker');
    const window = plain();
    window.plant(COOKIE, visit.cookie(COOKIE) ?? '');
    expect((await window.get('/work')).status).toBe(200);
    expect((await visit.postForm('/sign-out')).status).toBe(303);
    expect((await window.get('/work')).location?.pathname).toBe('/sign-in');
  });

  it('does not come back with a page that was still being made when the person signed out', async () => {
    const visit = plain();
    await visit.signIn('fleet.caseworker-2');
    const window = plain();
    window.plant(COOKIE, visit.cookie(COOKIE) ?? '');
    const [_csrf, held] = [await visit.csrf(), await holdPreferences()];
    const late = visit.post('/preferences', { _csrf, keyboard: 'on' });
    await held.isAwaited();
    expect((await window.post('/sign-out', { _csrf })).status).toBe(303);
    await held.giveUp();
    // Another person may have signed in since then, and keeps the own cookie.
    expect((await late).headers.getSetCookie()).toEqual([]);
    const stay = await window.post('/session/stay', { _csrf });
    expect(stay.status).toBe(403);
    expect((await window.get('/accessibility')).text).not.toContain('Fleet caseworker 2');
  });

  it('cannot be begun by a sign-in that somebody else began', async () => {
    const attacker = plain();
    const begun = await attacker.get('/sign-in');
    const state = begun.location?.searchParams.get('state') ?? '';
    const victim = plain();
    const forged = await victim.get(`/sign-in/callback?code=stolen&state=${state}`);
    expect([forged.status, forged.location?.pathname]).toEqual([303, '/sign-in']);
    expect(victim.cookie(COOKIE)).toBeUndefined();
    await victim.get('/sign-in');
    const mixed = await victim.get(`/sign-in/callback?code=stolen&state=${state}`);
    expect(mixed.status).toBe(403);
    const worded = await victim.get('/sign-in/callback?error=x&error_description=Call+this+number');
    expect(worded.status).toBe(403);
    expect(worded.text).not.toContain('Call this number');
    // The sign-in that the victim began goes on.
    const { searchParams } = (await victim.get('/sign-in')).location ?? new URL(trial.origin);
    const unknown = await victim.get(
      `/sign-in/callback?code=unknown&state=${searchParams.get('state') ?? ''}`,
    );
    expect(unknown.status).toBe(403);
    expect((await victim.get('/work')).location?.pathname).toBe('/sign-in');
  });

  it('of the person before does not show through to another person in the same browser', async () => {
    const visit = plain();
    await visit.signIn('fleet.caseworker', request.path);
    const first = visit.cookie(COOKIE) ?? '';
    expect((await visit.postForm('/sign-out')).status).toBe(303);
    const other = plain();
    other.plant(COOKIE, first);
    await other.signIn('estates.caseworker');
    expect((await other.get(request.path)).status).toBe(404);
  });
});

describe('the way back after signing in', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '\\\\evil.example',
    '/%0d%0aset-cookie:x=y',
    'http:evil.example',
  ])('never leads to %p', async (to) => {
    const arrived = await plain().signIn('fleet.caseworker', to);
    expect(arrived.url.origin).toBe(trial.origin);
    expect(arrived.headers.get('x')).toBeNull();
  });
});

describe('every page', () => {
  const pages = async (): Promise<readonly (readonly [string, PlainAnswer])[]> => {
    const paths = [
      ...[
        '/work',
        '/work?who=all',
        '/search?q=a',
        '/search',
        '/texts',
        '/help',
        '/accessibility',
        '/signed-out',
      ],
      ...[
        request.path,
        `${request.path}?do=answer`,
        '/requests/fleet/none',
        '/nowhere',
        '/assets/nothing.css',
      ],
    ];
    return Promise.all(paths.map(async (path) => [path, await caseworker.get(path)] as const));
  };

  it('has the security headers, and a policy whose nonce is a new one', async () => {
    const nonces = new Set<string>();
    for (const [path, { headers, text }] of await pages()) {
      const policy = headers.get('content-security-policy') ?? '';
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
      expect(policy).not.toMatch(/unsafe|\*/);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(nonce.length).toBeGreaterThan(20);
      nonces.add(nonce);
      for (const [tag] of text.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
      expect(text).not.toMatch(/ on[a-z]+="|style="|javascript:/);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect(nonces.size).toBe((await pages()).length);
  });

  it('of a signed-in person is stored nowhere', async () => {
    for (const [path, { headers }] of await pages())
      if (!/accessibility|signed-out|nowhere|assets/.test(path))
        expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
  });
});

describe('a text with markup and placeholders of a template', () => {
  const harmless = (text: string): void => {
    for (const harm of HARM) expect(text).not.toContain(harm);
  };

  it('is shown as it was typed, by the force and in every field of every form', async () => {
    const shown = await caseworker.get(request.path);
    expect(shown.text).toContain('{{7*7}}');
    harmless(shown.text);
    for (const [command, fields] of Object.entries({
      note: ['text'],
      hold: ['reason'],
      ask: ['question'],
      decline: ['reason', 'belongsTo'],
      milestone: ['name', 'note'],
      answer: ['outcome', 'workDone', 'odometerMiles', 'costPence', 'backOnRoadAt', 'motDueOn'],
    })) {
      const typed = Object.fromEntries(fields.map((field) => [`field/${field}`, HOSTILE]));
      // An old version: the page comes back with everything that was typed.
      const { status, text } = await caseworker.postForm(`${request.path}/${command}`, {
        ...typed,
        _version: '1',
      });
      expect([command, status >= 400 && status < 500]).toEqual([command, true]);
      harmless(text);
    }
    const noted = await caseworker.postForm(`${request.path}/note`, { 'field/text': HOSTILE });
    expect(noted.status).toBe(303);
    harmless((await caseworker.get(request.path)).text);
  });

  it('is shown as it was typed in searches, lists, saved lists, ready-made texts and addresses', async () => {
    const hostile = encodeURIComponent(HOSTILE);
    for (const path of [
      `/search?q=${hostile}`,
      ...['unit', 'force', 'type', 'state', 'group', 'sort', 'after'].map(
        (name) => `/work?${name}=${hostile}`,
      ),
      `/requests/fleet/${hostile}`,
      `/requests/${hostile}/x`,
      `${request.path}?do=${hostile}`,
      `/${hostile}`,
      `/sign-in/callback?error=${hostile}&error_description=${hostile}`,
    ]) {
      const { status, text } = await caseworker.get(path);
      expect([path, status < 500]).toEqual([path, true]);
      harmless(text);
    }
    const name = HOSTILE.slice(0, 60);
    const saved = await caseworker.postForm('/views', { name, unit: '', query: hostile });
    expect(saved.status).toBe(303);
    harmless((await caseworker.get('/work')).text);
    const refused = await supervisor.postForm('/texts', { unit: 'fleet', title: HOSTILE, text: HOSTILE });
    expect(refused.status).toBe(400);
    harmless(refused.text);
    const text = HOSTILE.replace('{{7*7}}', '{{reference}}');
    expect((await supervisor.postForm('/texts', { unit: 'fleet', title: name, text })).status).toBe(303);
    harmless((await supervisor.get('/texts')).text);
    harmless((await caseworker.get(`${request.path}?do=ask`)).text);
    const id =
      /\/texts\/fleet\/([0-9a-f-]{36})\/delete/.exec((await supervisor.get('/texts')).text)?.[1] ?? '';
    expect((await supervisor.postForm(`/texts/fleet/${id}/delete`)).status).toBe(303);
  });

  it('with the cancel of the identity provider is shown as it was typed', async () => {
    const visit = plain();
    await visit.get('/sign-in');
    const { status, text } = await visit.get(
      `/sign-in/callback?error=access_denied&error_description=${encodeURIComponent(HOSTILE)}`,
    );
    expect(status).toBe(403);
    harmless(text);
  });
});
