import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { AccessTokens, type AnyCaller } from '#web';
import { Browser, formOf, RelyingParty, type Answer } from './identity-provider-browser.fixture.ts';
import { keptKey, writeDevelopmentClients, type DevelopmentClients } from './identity-provider-clients.ts';
import type { Person } from './identity-provider-people.ts';
import { startIdentityProvider } from './identity-provider.fixture.ts';

/** Nobody listens here: the browser of these tests stops at the border of the identity provider. */
const DESK = 'http://127.0.0.1:9';
const FORCES = ['bedfordshire', 'hertfordshire'];
const UNITS = ['fleet', 'estates'];
const [FLEET, ESTATES, INTAKE] = ['fleet', 'estates', 'intake'].map((name) => `urn:concordat:${name}`) as [
  string,
  string,
  string,
];
const HOSTILE: Person = {
  subject: 'fleet."><script>alert(1)</script>',
  name: '</button></h1><script>alert("x")</script><img src=x onerror=alert(2)> ${7*7} {{7*7}} \' &amp;',
  roles: [{ unit: 'fleet', role: '<b>caseworker</b>', forces: ['bedfordshire'] }],
};
const NARROW: Person = {
  subject: 'narrow',
  name: 'Fleet and estates caseworker of one force each',
  roles: [
    { unit: 'fleet', role: 'caseworker', forces: ['bedfordshire'] },
    { unit: 'estates', role: 'decision-maker', forces: ['hertfordshire'] },
  ],
};

let dir: string;
let registered: DevelopmentClients;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;

const desk = async (keyFile = registered.desk?.keyFile ?? '', redirectUri = `${DESK}/sign-in/callback`) =>
  RelyingParty.at(provider.issuer, { clientId: 'desk', keyFile }, redirectUri);

/** Opens the sign-in page, chooses a person and returns where the browser was sent. */
async function choose(
  party: RelyingParty,
  person: string,
  browser = new Browser(provider.issuer),
): Promise<URL> {
  const page = await browser.open(await party.begin([FLEET, ESTATES, INTAKE]));
  const { sentTo, text } = await browser.open(formOf(page), { person });
  if (sentTo === undefined) throw new Error(`not sent back: ${text}`);
  return sentTo;
}

async function signIn(person: string, browser?: Browser) {
  const party = await desk();
  const tokens = await party.complete(await choose(party, person, browser));
  return { party, tokens, refreshToken: tokens.refresh_token ?? '' };
}

/** Returns the caller that a service sees in an access token. */
const callerAt = (resource: string, token: string): Promise<AnyCaller> =>
  new AccessTokens({ issuer: provider.issuer, audience: resource }).verify(token);

/** Returns the OAuth error of a refused call. */
const errorOf = async (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error as { error?: string }).error,
  );

/** Returns the secret of a page that ends a session. */
const secretOf = ({ text }: Answer): string => /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? '';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'identity-people-'));
  registered = await writeDevelopmentClients({ dir, forces: FORCES, units: UNITS, deskOrigin: DESK });
  const people = JSON.parse(await readFile(join(dir, 'people.json'), 'utf8')) as Person[];
  await writeFile(join(dir, 'people.json'), JSON.stringify([...people, HOSTILE, NARROW]));
  provider = await startIdentityProvider(registered.clientsFile, dir);
});

afterAll(async () => {
  await provider.stop();
  await rm(dir, { recursive: true });
});

describe('a sign-in at the development identity provider', () => {
  it.each([
    ['fleet.caseworker-2', FLEET, { unit: 'fleet', role: 'caseworker', name: 'Fleet caseworker 2' }],
    ['fleet.decision-maker', FLEET, { unit: 'fleet', role: 'decision-maker', name: 'Fleet decision-maker' }],
    ['estates.supervisor', ESTATES, { unit: 'estates', role: 'supervisor', name: 'Estates supervisor' }],
    ['estates.auditor', ESTATES, { unit: 'estates', role: 'auditor', name: 'Estates auditor' }],
    ['fleet.administrator', FLEET, { unit: 'fleet', role: 'administrator', name: 'Fleet administrator' }],
  ])('gives %s a token for the own unit, and none elsewhere', async (subject, resource, expected) => {
    const { party, tokens, refreshToken } = await signIn(subject);
    expect(tokens.claims()).toMatchObject({ sub: subject, name: expected.name, units: [expected.unit] });
    for (const token of [tokens.access_token, await party.tokenFor(refreshToken, resource)])
      expect(await callerAt(resource, token)).toEqual({
        ...{ kind: 'staff', person: subject, forces: FORCES },
        ...expected,
      });
    for (const other of [FLEET, ESTATES, INTAKE].filter((one) => one !== resource))
      expect(await errorOf(party.tokenFor(refreshToken, other))).toBe('invalid_target');
  });

  it('gives a person of several units one token for each, with the role and forces there', async () => {
    const { party, tokens, refreshToken } = await signIn('narrow');
    expect(tokens.claims()).toMatchObject({ sub: 'narrow', units: UNITS });
    expect(await callerAt(FLEET, await party.tokenFor(refreshToken, FLEET))).toMatchObject({
      ...{ person: 'narrow', unit: 'fleet', role: 'caseworker', forces: ['bedfordshire'] },
    });
    const atEstates = await party.tokenFor(refreshToken, ESTATES);
    expect(await callerAt(ESTATES, atEstates)).toMatchObject({
      ...{ person: 'narrow', unit: 'estates', role: 'decision-maker', forces: ['hertfordshire'] },
    });
    await expect(callerAt(FLEET, atEstates)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await errorOf(party.tokenFor(refreshToken, INTAKE))).toBe('invalid_target');
  });

  it('gives a force’s own person a token for intake alone, with the force and the name', async () => {
    const { party, tokens, refreshToken } = await signIn('bedfordshire.person');
    expect(tokens.claims()).toMatchObject({ force: 'bedfordshire', name: 'Bedfordshire person', units: [] });
    expect(await callerAt(INTAKE, await party.tokenFor(refreshToken, INTAKE))).toEqual({
      kind: 'force',
      force: 'bedfordshire',
      client: 'bedfordshire.person',
      person: 'Bedfordshire person',
    });
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_target');
  });

  it('gives a person of operations no token for a unit or for intake', async () => {
    const { party, tokens, refreshToken } = await signIn('operations');
    expect(tokens.claims()).toMatchObject({ sub: 'operations', operations: true, units: [] });
    for (const resource of [FLEET, ESTATES, INTAKE]) {
      expect(await errorOf(party.tokenFor(refreshToken, resource))).toBe('invalid_target');
      await expect(callerAt(resource, tokens.access_token)).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    }
  });

  it('has everybody who has a client of their own among the people, with the same claims', async () => {
    const staff = registered.clients.filter(({ kind }) => kind === 'staff');
    const [simulated, posts] = [true, false].map((plays) =>
      staff.filter(({ clientId }) => clientId.includes('.simulated-') === plays),
    ) as [typeof staff, typeof staff];
    expect([simulated.length, posts.length]).toEqual([4, 10]);
    // Nobody signs in as a caseworker that the simulator plays.
    for (const { clientId } of simulated)
      expect(registered.people.map(({ subject }) => subject)).not.toContain(clientId);
    for (const { clientId, claims } of posts) {
      const person = registered.people.find(({ subject }) => subject === clientId);
      const [role] = person?.roles ?? [];
      expect({ ...role, name: person?.name }).toEqual(claims);
    }
    const { refreshToken, party } = await signIn('estates.caseworker');
    const payload = decodeJwt(await party.tokenFor(refreshToken, ESTATES));
    expect(payload).toMatchObject({ sub: 'estates.caseworker', client_id: 'desk', aud: ESTATES });
    expect([payload['operations'], payload['force'], payload['units']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('keeps the refresh token, asks a person who is signed in nothing more, and shows the page when asked to', async () => {
    const browser = new Browser(provider.issuer);
    const first = await signIn('fleet.supervisor', browser);
    await first.party.tokenFor(first.refreshToken, FLEET);
    const party = await desk();
    for (const prompt of ['none', 'consent']) {
      const { sentTo, text } = await browser.open(await party.begin([FLEET], { prompt }));
      expect([prompt, text]).toEqual([prompt, '']);
      expect((await party.complete(sentTo as URL)).claims()).toMatchObject({ sub: 'fleet.supervisor' });
    }
    expect(await first.party.tokenFor(first.refreshToken, FLEET)).toMatch(/^ey/);
    const page = await browser.open(await party.begin([FLEET, ESTATES], { prompt: 'login' }));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('<h1>Sign in to Concordat</h1>')]);
    // Another person in the same browser ends the session of the first: the page sends itself.
    const change = await browser.open(formOf(page), { person: 'estates.caseworker' });
    const other = await browser.open(formOf(change), { xsrf: secretOf(change), logout: 'yes' });
    expect((await party.complete(other.sentTo as URL)).claims()).toMatchObject({ sub: 'estates.caseworker' });
    expect(await errorOf(first.party.tokenFor(first.refreshToken, FLEET))).toBe('invalid_grant');
  });
});

describe('the development identity provider refuses', () => {
  it('a code with the wrong PKCE verifier, and a sign-in without PKCE', async () => {
    const party = await desk();
    const callback = await choose(party, 'fleet.caseworker');
    expect(await errorOf(party.complete(callback, oidc.randomPKCECodeVerifier()))).toBe('invalid_grant');
    const without = await party.begin([FLEET]);
    without.searchParams.delete('code_challenge');
    without.searchParams.delete('code_challenge_method');
    const { sentTo } = await new Browser(provider.issuer).open(without);
    expect(sentTo?.searchParams.get('error')).toBe('invalid_request');
    const plain = await party.begin([FLEET], { code_challenge_method: 'plain' });
    expect((await new Browser(provider.issuer).open(plain)).sentTo?.searchParams.get('error')).toBe(
      'invalid_request',
    );
  });

  it('a code that was used before, and then ends the tokens that it gave', async () => {
    const party = await desk();
    const callback = await choose(party, 'fleet.caseworker');
    const { refresh_token: refreshToken = '' } = await party.complete(callback);
    await party.tokenFor(refreshToken, FLEET);
    expect(await errorOf(party.complete(callback))).toBe('invalid_grant');
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_grant');
  });

  it('an unknown redirect address without sending the browser there', async () => {
    for (const address of [
      'http://127.0.0.1:9/elsewhere',
      'https://attacker.example/',
      `${DESK}/sign-in/callback?x`,
    ]) {
      const party = await desk(undefined, address);
      const answer = await new Browser(provider.issuer).open(await party.begin([FLEET]));
      expect([answer.status, answer.sentTo]).toEqual([400, undefined]);
      expect(answer.text).toContain('invalid_redirect_uri');
    }
  });

  it('the desk’s client with another key, and another client with the desk’s code or refresh token', async () => {
    const stranger = join(dir, 'stranger.jwk.json');
    await keptKey(stranger);
    const party = await desk(stranger);
    const callback = await choose(party, 'fleet.caseworker');
    expect(await errorOf(party.complete(callback))).toBe('invalid_client');
    const { refreshToken } = await signIn('fleet.caseworker');
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_client');
    const force = registered.clients.find(({ clientId }) => clientId === 'force-bedfordshire');
    const system = await RelyingParty.at(
      provider.issuer,
      { clientId: 'force-bedfordshire', keyFile: force?.keyFile ?? '' },
      `${DESK}/sign-in/callback`,
    );
    expect(await errorOf(system.tokenFor(refreshToken, INTAKE))).toBe('invalid_request');
    const answer = await new Browser(provider.issuer).open(await system.begin([INTAKE]));
    expect([answer.status, answer.sentTo]).toEqual([400, undefined]);
  });

  it('the desk’s own client a token without a person', async () => {
    const party = await desk();
    const asked = oidc.clientCredentialsGrant(party.configuration, { resource: FLEET });
    expect(await errorOf(asked)).toBe('invalid_request');
  });

  it('a resource that the desk may not ask for', async () => {
    const party = await desk();
    const asked = await party.begin(['urn:concordat:collaboration']);
    const { sentTo } = await new Browser(provider.issuer).open(asked);
    expect(sentTo?.searchParams.get('error')).toBe('invalid_target');
  });
});

describe('after a restart of the development identity provider', () => {
  it('a refresh token is refused, an access token still counts, and the person can sign in again', async () => {
    const browser = new Browser(provider.issuer);
    const { party, tokens, refreshToken } = await signIn('fleet.caseworker', browser);
    await provider.stop();
    provider = await startIdentityProvider(
      registered.clientsFile,
      dir,
      Number(new URL(provider.issuer).port),
    );
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_grant');
    expect(await callerAt(FLEET, tokens.access_token)).toMatchObject({ person: 'fleet.caseworker' });
    expect((await signIn('fleet.caseworker', browser)).refreshToken).not.toBe('');
  });
});

describe('a sign-out at the development identity provider', () => {
  /** Opens the address that ends the session, as the desk sends the browser there. */
  const leave = async (browser: Browser, party: RelyingParty, idToken: string, to = `${DESK}/signed-out`) =>
    browser.open(
      oidc.buildEndSessionUrl(party.configuration, { id_token_hint: idToken, post_logout_redirect_uri: to }),
    );

  it('ends the session and its tokens after a click, and sends the browser back to the desk', async () => {
    const browser = new Browser(provider.issuer);
    const { party, tokens, refreshToken } = await signIn('fleet.caseworker', browser);
    const page = await leave(browser, party, tokens.id_token ?? '');
    expect(page.text.match(/<h1>/g)).toHaveLength(1);
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${DESK};`);
    const gone = await browser.open(formOf(page), { xsrf: secretOf(page), logout: 'yes' });
    expect(gone.sentTo?.href).toBe(`${DESK}/signed-out`);
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_grant');
    const again = await browser.open(await party.begin([FLEET]));
    expect(again.text).toContain('<h1>Sign in to Concordat</h1>');
  });

  it('changes nothing without the secret of the page', async () => {
    const browser = new Browser(provider.issuer);
    const { party, tokens, refreshToken } = await signIn('fleet.caseworker', browser);
    const page = await leave(browser, party, tokens.id_token ?? '');
    expect((await browser.open(formOf(page), { xsrf: 'guessed', logout: 'yes' })).status).toBe(400);
    expect(await party.tokenFor(refreshToken, FLEET)).toMatch(/^ey/);
  });

  it('sends the browser to no other address', async () => {
    const browser = new Browser(provider.issuer);
    const { party, tokens } = await signIn('fleet.caseworker', browser);
    const answer = await leave(browser, party, tokens.id_token ?? '', 'https://attacker.example/');
    expect([answer.status, answer.sentTo]).toEqual([400, undefined]);
    expect(answer.text).toContain('<h1>This is not possible</h1>');
  });

  it('is possible for a browser without a session, whose page may run only its own script', async () => {
    const { party, tokens } = await signIn('fleet.caseworker');
    const page = await leave(new Browser(provider.issuer), party, tokens.id_token ?? '');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'sha256-[A-Za-z0-9+/=]+'/);
    expect(policy).not.toContain('unsafe');
  });

  it('without a place to return to ends at a plain page', async () => {
    const browser = new Browser(provider.issuer);
    await signIn('fleet.caseworker', browser);
    const page = await browser.open('/session/end');
    const done = await browser.open(formOf(page), { xsrf: secretOf(page), logout: 'yes' });
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('<h1>You are signed out</h1>')]);
  });

  it('also ends a refresh token that the desk gives back', async () => {
    const { party, refreshToken } = await signIn('fleet.caseworker');
    await oidc.tokenRevocation(party.configuration, refreshToken);
    expect(await errorOf(party.tokenFor(refreshToken, FLEET))).toBe('invalid_grant');
  });
});

describe('the sign-in page', () => {
  const opened = async (browser = new Browser(provider.issuer)): Promise<Answer> =>
    browser.open(await (await desk()).begin([FLEET]));

  it('lists everybody as a button, people of several units first, then by unit and role', async () => {
    const { text, headers } = await opened();
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect([...text.matchAll(/<h([12]).*?>(.*?)<\/h\1>/g)].map(([, , title]) => title)).toEqual([
      'Sign in to Concordat',
      'Several units',
      'Fleet',
      'Estates',
      'Forces',
      'Operations',
    ]);
    const fleet = text.slice(text.indexOf('id="unit-fleet"'), text.indexOf('id="unit-estates"'));
    expect([...fleet.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title).slice(0, 5)).toEqual([
      'Caseworker',
      'Supervisor',
      'Decision maker',
      'Auditor',
      'Administrator',
    ]);
    const forces = text.slice(text.indexOf('id="forces"'), text.indexOf('id="operations"'));
    expect(forces).toContain('They see the requests of their force at all units');
    expect(text.slice(text.indexOf('id="operations"'))).toContain('The desk has nothing for people who run');
    expect(fleet).not.toContain('The desk has no');
    const people = [...text.matchAll(/<button name="person" value="([^"]+)"/g)].map(([, subject]) => subject);
    expect(people).toHaveLength(registered.people.length + 2);
    expect(people[0]).toBe('fleet-and-estates.caseworker');
    expect(text).toContain(
      'Development sign-in: anybody on this machine can sign in as anybody. Not for production.',
    );
  });

  it('loads nothing, runs nothing and cannot be framed', async () => {
    const { text, headers } = await opened();
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self' http:\/\/127\.0\.0\.1:9; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'no-store',
      'nosniff',
    ]);
    // The browser applies a style only with this hash.
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
    expect(headers.get('content-security-policy')).toContain(
      `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    );
    expect(text).not.toMatch(/<script| style="| on[a-z]+="|https?:/);
  });

  it('shows a hostile name as text, and signs that person in by it', async () => {
    const browser = new Browser(provider.issuer);
    const page = await opened(browser);
    expect(page.text).not.toMatch(/<script|<img|<b>/);
    expect(page.text).toContain('${7*7} {{7*7}} &#39; &amp;amp;');
    const { tokens, party, refreshToken } = await signIn(HOSTILE.subject);
    expect(tokens.claims()).toMatchObject({ sub: HOSTILE.subject, name: HOSTILE.name });
    const token = await party.tokenFor(refreshToken, FLEET);
    expect(decodeJwt(token)).toMatchObject({ name: HOSTILE.name });
    await expect(callerAt(FLEET, token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('refuses a form of another site, an unknown person, an endless form and another browser’s sign-in', async () => {
    const browser = new Browser(provider.issuer);
    const action = formOf(await opened(browser));
    const person = { person: 'fleet.caseworker' };
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await browser.open(action, person, { 'sec-fetch-site': site })).status).toBe(403);
    expect((await browser.open(action, { person: 'nobody' })).status).toBe(400);
    expect((await browser.open(action, { person: 'x'.repeat(5_000) })).status).toBe(400);
    const other = await new Browser(provider.issuer).open(action, person);
    expect([other.status, other.text]).toEqual([400, expect.stringContaining('This sign-in is over')]);
    expect((await browser.open(action, person, { 'sec-fetch-site': 'same-origin' })).sentTo?.origin).toBe(
      DESK,
    );
  });

  it('can be left without signing in', async () => {
    const browser = new Browser(provider.issuer);
    const { sentTo } = await browser.open(formOf(await opened(browser)), { cancel: 'yes' });
    expect(sentTo?.searchParams.get('error')).toBe('access_denied');
  });
});
