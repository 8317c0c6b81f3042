import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PlainVisit } from '../../deploy/local/plain-visit.ts';
import { faultsOf, NARROW } from './accessible-page.ts';
import { faultsIn, fillIn, followedByPage, followReload, mainText, press } from './desk-steps.ts';
import { DeskTrial } from './desk-trial.ts';

let trial: DeskTrial;
let force: string;
let other: string;
beforeAll(async () => {
  trial = await DeskTrial.start();
  [force, other] = trial.forces;
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const title = (): string => `Shelves ${randomUUID().slice(0, 8)}`;
const works = (): Record<string, string> => ({
  site: 'NST-01',
  title: title(),
  description: 'Two shelves beside the door.',
});
const idIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const estates = () => trial.system.person('estates', 'supervisor');
/** The unit claims a request that the force just sent. */
async function claimed(id: string) {
  const unit = estates();
  const queued = await unit.read(id);
  return unit.act(queued, 'claim');
}
const untilState = (page: Page, text: string): Promise<void> =>
  followReload(page, `.request-line .state:text-is("${text}")`);

describe.each([true, false])('a force’s own person (with JavaScript: %s)', (javaScriptEnabled) => {
  it('sends a request by hand, answers the question of the unit, and reads the answer', async () => {
    const { page, complaints } = await trial.as(`${force}.person`, { javaScriptEnabled, to: '/' });
    expect(new URL(page.url()).pathname).toBe('/force');
    await press(page, 'New request');
    await followedByPage(page, () => page.getByText('Ask for minor works').click());
    const { description, ...rest } = works();
    await fillIn(page, rest);
    await press(page, 'Send the request');
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Fill this in: Description');
    await fillIn(page, { description: description ?? '' });
    await press(page, 'Send the request');
    expect(await page.locator('.desk-notice').textContent()).toContain('is submitted');
    await untilState(page, 'Waits for a caseworker');
    const id = idIn(page);
    await estates().act(await claimed(id), 'ask', { question: 'Which door?' });
    await untilState(page, 'Waits for our reply');
    await page.goto('/force?state=waiting-for-force');
    expect(await mainText(page)).toContain('Waits for our reply');
    await page.goto(`/force/estates/${id}`);
    expect(await mainText(page)).toContain('Which door?');
    await fillIn(page, { message: 'The back door.' });
    await press(page, 'Send the reply');
    await untilState(page, 'In work');
    const [example] = trialType().examples;
    await estates().fillIn(await estates().read(id), 'answer', { answer: example?.answer });
    await untilState(page, 'Answered');
    expect(await mainText(page)).toContain('The answer');
    expect(faultsIn(complaints)).toEqual([]);
  });

  it('corrects a request, and withdraws it', async () => {
    const { page } = await trial.as(`${force}.person`, {
      javaScriptEnabled,
      to: '/force/new/estates/minor-works',
    });
    await fillIn(page, works());
    await press(page, 'Send the request');
    await untilState(page, 'Waits for a caseworker');
    const place = page.url();
    await page.goto(`${place}?do=correct`);
    await fillIn(page, { description: 'Three shelves.', reason: 'Counted again.' });
    await press(page, 'Send the correction');
    await followReload(page, '#changes ~ ul:has-text("Accepted")');
    expect(await mainText(page)).toContain('Three shelves.');
    await page.goto(`${place}?do=withdraw`);
    await press(page, 'Withdraw the request');
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Reason');
    await fillIn(page, { reason: 'Bought in a shop.' });
    await press(page, 'Withdraw the request');
    await untilState(page, 'Withdrawn');
    expect((await estates().read(idIn(page))).state).toBe('withdrawn');
  });
});

const trialType = () => trial.typeOf('minor-works');

describe('an officer with a phone', () => {
  it('sends a request and sees the answer without touching the page', async () => {
    const { page, complaints } = await trial.as(`${force}.person`, {
      viewport: NARROW,
      hasTouch: true,
      isMobile: true,
      to: '/force/new/estates/minor-works',
    });
    await fillIn(page, works());
    await press(page, 'Send the request');
    await page.locator('.state:text-is("Waits for a caseworker")').waitFor();
    const id = idIn(page);
    const [example] = trialType().examples;
    await estates().fillIn(await claimed(id), 'answer', { answer: example?.answer });
    await page.locator('.state:text-is("Answered")').waitFor();
    expect(await mainText(page)).toContain('The answer');
    expect(faultsIn(complaints)).toEqual([]);
  });
});

describe('typed text', () => {
  it('of a new request is there again after the browser was closed', async () => {
    const words = `Text of ${title()}`;
    const { page, close } = await trial.as(`${force}.person`, { to: '/force/new/estates/minor-works' });
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/unsent'));
    await fillIn(page, { description: words });
    expect((await kept).status()).toBe(204);
    await close();
    const again = await trial.as(`${force}.person`, { to: '/force/new/estates/minor-works' });
    expect(await again.page.locator('[name="field/description"]').inputValue()).toBe(words);
    expect(await mainText(again.page)).toContain('is back. It was not sent.');
  });

  it('is one request although the form is sent twice', async () => {
    const visit = new PlainVisit(trial.origin);
    await visit.signIn(`${force}.person`);
    const reference = `TWICE-${randomUUID().slice(0, 8)}`;
    const fields = Object.fromEntries(
      Object.entries(works()).map(([name, value]) => [`field/${name}`, value] as const),
    );
    const form = { ...fields, reference, _key: randomUUID() };
    const [first, second] = await Promise.all([
      visit.postForm('/force/new/estates/minor-works', form),
      visit.postForm('/force/new/estates/minor-works', form),
    ]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(first.location?.href).toBe(second.location?.href);
  });
});

describe('the pages of a force', () => {
  it('are accessible, and scroll sideways at no width', async () => {
    const { page } = await trial.as(`${force}.person`, { to: '/force' });
    const expectNoFaults = async (): Promise<void> => expect(await faultsOf(page)).toEqual([]);
    await expectNoFaults();
    for (const path of [
      '/force?reference=nothing-has-this',
      '/force/new',
      '/force/new/firearms-licensing/certificate-grant',
      '/force/new/crime-recording/crime-report',
      '/help',
    ]) {
      await page.goto(path);
      await expectNoFaults();
    }
    await page.goto('/force/new/estates/minor-works');
    await press(page, 'Send the request');
    await expectNoFaults();
    await fillIn(page, works());
    await press(page, 'Send the request');
    await untilState(page, 'Waits for a caseworker');
    await expectNoFaults();
    await page.goto(`${page.url()}?do=correct`);
    await expectNoFaults();
  });

  it('show nothing of another force, and do not exist for the staff of units', async () => {
    const mine = await trial.submit({ type: 'minor-works', force });
    const theirs = await trial.submit({ type: 'minor-works', force: other });
    const visit = new PlainVisit(trial.origin);
    await visit.signIn(`${force}.person`);
    expect((await visit.get(`/force/estates/${mine.id}`)).status).toBe(200);
    const list = (await visit.get('/force')).text;
    expect([list.includes(mine.theirs), list.includes(theirs.theirs)]).toEqual([true, false]);
    for (const path of [
      `/force/estates/${theirs.id}`,
      `/force/estates/${randomUUID()}`,
      `/force/estates/x`,
      theirs.path,
      mine.path,
    ])
      expect([path, (await visit.get(path)).status]).toEqual([path, 404]);
    expect((await visit.get(`/force?reference=${theirs.theirs}`)).text).not.toContain(theirs.id);
    for (const command of ['withdraw', 'inform', 'correct', 'reopen', 'reply', 'claim']) {
      const fields = { 'field/reason': 'x', 'field/message': 'x', _key: randomUUID() };
      const { status } = await visit.postForm(`/force/estates/${theirs.id}/${command}`, fields);
      expect([command, status]).toEqual([command, 404]);
    }
    expect((await estates().read(theirs.id)).state).toBe('queued');
    const staff = new PlainVisit(trial.origin);
    await staff.signIn('estates.caseworker');
    for (const path of [
      '/force',
      '/force/new',
      '/force/new/estates/minor-works',
      `/force/estates/${mine.id}`,
    ])
      expect([path, (await staff.get(path)).status]).toEqual([path, 404]);
    expect((await staff.postForm('/force/new/estates/minor-works', {})).status).toBe(404);
  });
});
