import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signIn } from './browser.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { followedByPage, mainText, press } from './desk-steps.ts';
import { PlainVisit } from '../../deploy/local/plain-visit.ts';

const MINUTE = 60;
/** Longer than any session may last without use. */
const UNUSED_SECONDS = 13 * 60 * MINUTE;
const TEXT = '[name="field/text"]';
const BOTH = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;

let trial: DeskTrial;
let desk: pg.Client;
beforeAll(async () => {
  trial = await DeskTrial.start();
  desk = new pg.Client({ connectionString: trial.system.applicationUrl('desk') });
  await desk.connect();
});
afterEach(() => trial.closeVisits());
afterAll(async () => {
  await desk.end();
  await trial.stop();
});

const repair = (): Promise<Arrived> => trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark() } });

/** Makes the sessions of a person as old as if nobody had used them for some time. */
async function leaveUnused(subject: string, seconds = UNUSED_SECONDS): Promise<void> {
  const { rowCount } = await desk.query(
    `update session
    set sess = jsonb_set(sess::jsonb, '{usedAt}', to_jsonb((sess ->> 'usedAt')::int - $2::int))::json
    where sess -> 'person' ->> 'subject' = $1`,
    [subject, seconds],
  );
  expect(rowCount).toBeGreaterThan(0);
}

/** Signs in at the identity provider if its own session is over as well. */
async function signInAgain(page: Page, subject: string): Promise<void> {
  const button = page.locator(`button[value="${subject}"]`);
  await page.locator(`button[value="${subject}"], .desk-person`).first().waitFor();
  if ((await button.count()) > 0) await followedByPage(page, () => button.click());
  await page.locator('.desk-person').waitFor();
}

describe.each(BOTH)('a session that ends while somebody types, %s', (_title, javaScriptEnabled) => {
  it('gives the text back after signing in again, to nobody else, until it is sent', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', {
      javaScriptEnabled,
      to: `${request.path}?do=note`,
    });
    await page.locator(TEXT).fill('A long thought that took an hour.');
    await leaveUnused('fleet.caseworker');
    await page.locator('#form-note button[type="submit"]').first().click();
    await signInAgain(page, 'fleet.caseworker');
    expect(new URL(page.url()).pathname).toBe(request.path);
    expect(await page.locator('#form').textContent()).toContain('It was not sent.');
    expect(await page.locator(TEXT).inputValue()).toBe('A long thought that took an hour.');

    const other = await trial.as('fleet.supervisor', { javaScriptEnabled, to: `${request.path}?do=note` });
    expect(await other.page.content()).not.toContain('A long thought');
    await press(page, 'Add the note');
    expect(await mainText(page)).toContain('A long thought that took an hour.');
    await page.goto(request.path);
    expect(await page.locator('#form').count()).toBe(0);
  });
});

/** Signs out by the button of the page, at the identity provider as well. */
async function signOut(page: Page): Promise<void> {
  await page.goto('/help');
  await page.locator('form[action="/sign-out"] button').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(({ pathname }) => pathname === '/signed-out');
}

/** Waits until the page has read the answers that came before, because a later one has been read. */
async function untilAnswersRead(page: Page): Promise<void> {
  await page.evaluate("fetch('/accessibility').then((answer) => answer.text())");
}

describe.each(BOTH)('a browser with two windows, %s', (_title, javaScriptEnabled) => {
  const openNote = async (request: Arrived, text: string): Promise<{ first: Page; second: Page }> => {
    const { page: first } = await trial.as('fleet.caseworker', {
      javaScriptEnabled,
      to: `${request.path}?do=note`,
    });
    const second = await first.context().newPage();
    await first.locator(TEXT).fill(text);
    return { first, second };
  };
  const notesOf = async ({ id }: Arrived): Promise<readonly unknown[]> =>
    (await trial.system.person('fleet', 'auditor').read(id)).notes;

  it('never sends a form of the first person as the second one, and keeps the text for the first', async () => {
    const request = await repair();
    const { first, second } = await openNote(request, 'Typed by the first person.');
    await signOut(second);
    await signIn(second, 'fleet.supervisor');
    await press(first, 'Add the note');
    expect(await mainText(first)).toContain('Another person has signed in since this form was opened');
    expect(await mainText(first)).toContain('Fleet supervisor is signed in in this browser now');
    expect(await notesOf(request)).toEqual([]);
    await second.goto(`${request.path}?do=note`);
    expect(await second.locator(TEXT).inputValue()).toBe('');
    await signOut(second);
    await signIn(second, 'fleet.caseworker', request.path);
    expect(await second.locator(TEXT).inputValue()).toBe('Typed by the first person.');
  });

  it('refuses a button of the page of the first person', async () => {
    const request = await repair();
    const { first, second } = await openNote(request, '');
    await signOut(second);
    await signIn(second, 'fleet.supervisor');
    await press(first, 'Claim');
    expect(await mainText(first)).toContain('This form is out of date');
    expect((await trial.system.person('fleet', 'auditor').read(request.id)).state).toBe('queued');
  });

  it('gives the text back to a person who signed out in one of them and typed in the other', async () => {
    const request = await repair();
    const { first, second } = await openNote(request, 'Typed after signing out.');
    await signOut(second);
    await first.locator('#form-note button[type="submit"]').first().click();
    await signInAgain(first, 'fleet.caseworker');
    expect(await first.locator(TEXT).inputValue()).toBe('Typed after signing out.');
  });

  it('gives the text back to a person who signed in again in the other one', async () => {
    const request = await repair();
    const { first, second } = await openNote(request, 'Typed in the older window.');
    await leaveUnused('fleet.caseworker');
    await second.goto('/work');
    await signInAgain(second, 'fleet.caseworker');
    await press(first, 'Add the note');
    expect(await mainText(first)).toContain('You signed in again after you opened this form');
    expect(await notesOf(request)).toEqual([]);
    await first.getByRole('link', { name: 'Open the form with your text' }).click();
    expect(await first.locator(TEXT).inputValue()).toBe('Typed in the older window.');
    await press(first, 'Add the note');
    expect(await notesOf(request)).toHaveLength(1);
  });
});

describe('the warning that the session ends soon', () => {
  const warning = '#time-out[open]';

  it('comes after half an hour without use, and its button keeps the session', async () => {
    const { page } = await trial.as('fleet.caseworker');
    await page.clock.install();
    await page.goto('/help');
    await page.clock.fastForward('27:00');
    expect(await page.locator(warning).count()).toBe(0);
    await page.clock.fastForward('01:30');
    await page.locator(warning).waitFor();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.locator(warning).waitFor({ state: 'detached' });
    await page.clock.fastForward('27:00');
    expect(await page.locator(warning).count()).toBe(0);
  });

  it('does not come while a person types, in any window of the browser', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker');
    const other = await page.context().newPage();
    await page.clock.install();
    await other.goto('/help');
    await page.goto(`${request.path}?do=note`);
    await page.clock.fastForward('27:58');
    const heard = other.evaluate(
      "new Promise((done) => new BroadcastChannel('session').addEventListener('message', () => done(true)))",
    );
    const kept = page.waitForResponse(/\/note\/unsent$/);
    await page.locator(TEXT).fill('Half a sen');
    await page.clock.fastForward(1_400);
    expect(await page.locator(warning).count()).toBe(0);
    await page.clock.runFor(2_000);
    expect((await kept).status()).toBe(204);
    await untilAnswersRead(page);
    expect(await heard).toBe(true);
    // The page has been open for longer than a session lasts, and the text was typed ten minutes ago.
    await page.clock.fastForward('10:00');
    for (const one of [page, other]) expect(await one.locator(warning).count()).toBe(0);
    expect(await page.locator(`${TEXT}:focus`).inputValue()).toBe('Half a sen');
    await page.clock.fastForward('18:00');
    for (const one of [page, other]) await one.locator(warning).waitFor();
  });
});

describe('a session', () => {
  it('is kept by a person who reads, and not by an open list that reads itself again', async () => {
    const subject = 'fleet.administrator';
    for (const [headers, lasts] of [
      [{}, true],
      [{ 'x-desk': 'script' }, false],
    ] as const) {
      const visit = new PlainVisit(trial.origin);
      await visit.signIn(subject);
      await leaveUnused(subject, 20 * MINUTE);
      expect((await visit.get('/work', headers)).status).toBe(200);
      await leaveUnused(subject, 11 * MINUTE);
      expect([headers, (await visit.get('/work')).status === 200]).toEqual([headers, lasts]);
    }
  });
});
