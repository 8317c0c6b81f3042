import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectStatus } from '../outside/force-side.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import {
  faultsIn,
  fillIn,
  followedByPage,
  followReload,
  giveCommand,
  mainText,
  openForm,
  press,
} from './desk-steps.ts';

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const repair = (mark = newMark()): Promise<Arrived> =>
  trial.submit({ type: 'vehicle-repair', payload: { vrm: mark } });
const REPAIRED = {
  outcome: 'completed',
  workDone: 'Discs and pads replaced.',
  odometerMiles: '48214',
};

/** Signs out by the button of the page, then goes back with the browser's own button. */
async function signOutAndGoBack(page: Page, secret: string): Promise<void> {
  await page.locator('form[action="/sign-out"] button').click();
  // The identity provider asks whether its own session shall end as well.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(({ pathname }) => pathname === '/signed-out');
  expect(await mainText(page)).toContain('You are signed out');
  await page.goBack();
  await page.waitForLoadState();
  expect(await page.content()).not.toContain(secret);
}

describe('the list of finished requests', () => {
  it('has the newest answer first with what was answered, of oneself and of everybody', async () => {
    const [first, second] = [await repair(), await repair()];
    const { page, complaints } = await trial.as('fleet.caseworker');
    for (const { path } of [first, second]) {
      await page.goto(path);
      await press(page, 'Claim');
      await giveCommand(page, 'answer', { ...REPAIRED, workDone: `Pads of ${path}.` });
    }
    await page.locator('.desk-rail a', { hasText: 'Finished' }).click();
    await page.waitForURL('**/work?sort=finished');
    const references = async (): Promise<string[]> =>
      (await page.locator('.row .reference').allTextContents()).slice(0, 2);
    expect(await references()).toEqual([second.reference, first.reference]);
    expect(await page.locator('.row').first().textContent()).toContain(`Completed · Pads of ${second.path}.`);
    expect(await page.locator('.desk-rail [aria-current]').textContent()).toContain('Finished');

    const other = await trial.as('fleet.caseworker-2', { to: '/work?sort=finished' });
    expect(await other.page.locator('.row .reference').allTextContents()).not.toContain(second.reference);
    await other.page.locator('.queue-title').getByText('Finished by everybody').click();
    await other.page.waitForURL('**/work?who=all&sort=finished');
    expect(await other.page.locator('.row .reference').first().textContent()).toBe(second.reference);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });
});

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a caseworker %s', (_title, javaScriptEnabled) => {
  it('gets the next request, asks, holds, notes, answers, declines the one after it and signs out', async () => {
    await trial.emptyQueue('fleet');
    const first = await repair();
    const second = await repair();
    const { page, complaints } = await trial.as('fleet.caseworker', { javaScriptEnabled });
    await press(page, 'Get next');
    await page.waitForURL(`**${first.path}**`);
    expect(await mainText(page)).toContain('You have it');

    await giveCommand(page, 'ask', { question: 'Which bay is it in?' });
    expect(await mainText(page)).toContain('Which bay is it in?');
    const replied = await trial
      .side(first.force)
      .post(`/v1/requests/${first.id}/replies`, { message: 'Bay 4 behind the gate.' });
    expectStatus(202, replied);
    await followReload(page, '.actions a[href*="do=hold"]');
    expect(await mainText(page)).toContain('Bay 4 behind the gate.');
    expect(await mainText(page)).toContain('Reply of the force');

    await giveCommand(page, 'hold', { reason: 'The part arrives on Friday.' });
    expect(await mainText(page)).toContain('The part arrives on Friday.');
    await press(page, 'Go on with it');
    await giveCommand(page, 'note', { text: 'The driver called.' });
    const inside = page.locator('.timeline .inside', { hasText: 'The driver called.' });
    expect(await inside.textContent()).toContain('Only staff see this');

    await openForm(page, 'answer');
    await fillIn(page, REPAIRED);
    await press(page, 'Send the answer, then open the next');
    await page.waitForURL(`**${second.path}**`);
    expect(await page.locator('.desk-notice').textContent()).toContain(`${first.reference} is answered`);
    expect(await mainText(page)).toContain('You have it');
    expect(await trial.side(first.force).read(first.id)).toMatchObject({ state: 'answered' });

    await giveCommand(page, 'decline', {
      reason: 'The vehicle is leased.',
      belongsTo: 'the leasing company',
    });
    expect(await mainText(page)).toContain('Belongs to: the leasing company');
    await signOutAndGoBack(page, second.reference);
    expect(complaints).toEqual([]);
  });

  it('records a milestone, and the page then says that it is reached', async () => {
    const fault = await trial.submit({ type: 'fault-repair' });
    const { page, complaints } = await trial.as('estates.caseworker', {
      javaScriptEnabled,
      to: fault.path,
    });
    await press(page, 'Claim');
    await giveCommand(page, 'milestone', { name: 'attended' });
    expect(await page.locator('.timeline').last().textContent()).toContain('Milestone reached: Attended');
    expect(complaints).toEqual([]);
  });

  it('sends an answer with mistakes, sees each beside its field, and loses nothing of what was typed', async () => {
    const request = await repair();
    const { page, complaints } = await trial.as('fleet.caseworker', { javaScriptEnabled, to: request.path });
    await press(page, 'Claim');
    await openForm(page, 'answer');
    await fillIn(page, { workDone: 'New tyres.', odometerMiles: 'many' });
    await press(page, 'Send the answer');
    const summary = page.locator('.govuk-error-summary');
    expect(await summary.locator('li').count()).toBeGreaterThanOrEqual(2);
    await summary.locator('a').first().click();
    expect(await page.locator('[name="field/workDone"]').inputValue()).toBe('New tyres.');
    expect(await page.locator('[name="field/odometerMiles"]').inputValue()).toBe('many');
    await fillIn(page, REPAIRED);
    await press(page, 'Send the answer');
    expect(await page.locator('.desk-notice').textContent()).toContain('is answered');
    expect(faultsIn(complaints)).toEqual([]);
  });

  it('is asked about an odometer that does not fit the vehicle, and sends it again if it is right', async () => {
    const request = await repair();
    const { page, complaints } = await trial.as('fleet.caseworker', { javaScriptEnabled, to: request.path });
    await press(page, 'Claim');
    await openForm(page, 'answer');
    await fillIn(page, { ...REPAIRED, odometerMiles: '482144' });
    await press(page, 'Send the answer');
    const asked = async (): Promise<string | null> => page.locator('#f-odometerMiles-error').textContent();
    expect(await asked()).toMatch(
      /The force read 48,210 miles .* if your reading is right, send it once more/,
    );
    await fillIn(page, { odometerMiles: '4821' });
    await press(page, 'Send the answer');
    expect(await asked()).toContain('Read the odometer again');
    await fillIn(page, { odometerMiles: '99000000' });
    await press(page, 'Send the answer');
    await fillIn(page, { odometerMiles: '482144' });
    await press(page, 'Send the answer');
    await press(page, 'Send the answer');
    expect(await page.locator('.desk-notice').textContent()).toContain('is answered');
    expect(faultsIn(complaints)).toEqual([]);
  });

  it('finds a request by its reference, by the reference of the force and by the beginning of the mark', async () => {
    const mark = newMark();
    const request = await repair(mark);
    const { page, complaints } = await trial.as('fleet.caseworker', { javaScriptEnabled });
    const search = async (words: string): Promise<void> => {
      await page.locator('#q').fill(words);
      await page.locator('.desk-search button').click();
      await page.waitForURL(/search\?q=|\/requests\//);
    };
    await search(request.reference.toLowerCase());
    await page.waitForURL(`**${request.path}`);
    const number = String(Number(request.reference.slice(-6)));
    for (const words of [request.theirs, mark.slice(0, 5), number]) {
      await search(words);
      const row = page.locator('.row', { hasText: request.reference });
      expect(await row.textContent()).toContain('found by');
    }
    await search('nothinghasthisword');
    expect(await mainText(page)).toContain('Nothing found');
    expect(complaints).toEqual([]);
  });

  it('saves a list under a name and opens it again', async () => {
    const { page, complaints } = await trial.as('fleet-and-estates.caseworker', {
      javaScriptEnabled,
      to: '/work?who=all&unit=estates&sort=oldest',
    });
    const name = `Estates, oldest ${newMark()}`;
    await page.getByText('Filter and sort').click();
    await page.locator('#view-name').fill(name);
    await page.locator('form[action="/views"] button').click();
    await page.waitForURL((url) => url.pathname === '/work');
    await page.goto('/work');
    await page.getByRole('link', { name }).click();
    await page.waitForURL('**/work?who=all&unit=estates&sort=oldest');
    expect(await page.locator('.tags').textContent()).toContain('Estates');
    expect(await page.locator('[aria-sort="ascending"]').textContent()).toContain('Request');
    expect(complaints).toEqual([]);
  });

  it('uses a ready-made text of the supervisor with its placeholders filled in', async () => {
    const request = await repair();
    const title = `Which bay ${newMark()}`;
    const supervisor = await trial.as('fleet.supervisor', { javaScriptEnabled, to: '/texts' });
    const write = async (text: string): Promise<void> => {
      await supervisor.page.locator('#title').fill(title);
      await supervisor.page.locator('#text').fill(text);
      await press(supervisor.page, 'Save the text');
    };
    await write('About {{referense}}');
    expect(await mainText(supervisor.page)).toContain('There is no placeholder {{referense}}');
    expect(await supervisor.page.locator('#title').inputValue()).toBe(title);
    await write('About {{reference}} ({{theirs}}): where is it? {{me}}');
    expect(await supervisor.page.locator('.desk-notice').textContent()).toContain('is saved');

    const { page, complaints } = await trial.as('fleet.caseworker', { javaScriptEnabled, to: request.path });
    await press(page, 'Claim');
    await openForm(page, 'ask');
    const filled = `About ${request.reference} (${request.theirs}): where is it? Fleet caseworker 1`;
    if (javaScriptEnabled) {
      await page.locator('#ready-made').selectOption({ label: title });
      expect(await page.locator('[name="field/question"]').inputValue()).toBe(filled);
    } else {
      await page.locator('noscript summary').click();
      expect(await page.locator('noscript').textContent()).toContain(filled);
      await page.locator('[name="field/question"]').fill(filled);
    }
    await followedByPage(page, () => page.locator('#form-ask button[type="submit"]').first().click());
    expect(await mainText(page)).toContain(filled);
    await supervisor.page.goto('/texts');
    await supervisor.page.locator('summary', { hasText: title }).click();
    await supervisor.page.getByRole('button', { name: `Delete ${title}` }).click();
    await supervisor.page.locator('.desk-notice', { hasText: 'The text is deleted.' }).waitFor();
    expect(faultsIn([...complaints, ...supervisor.complaints])).toEqual([]);
  });
});
