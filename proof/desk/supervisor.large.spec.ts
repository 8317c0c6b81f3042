import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#testing';
import { faultsIn, fillIn, followedByPage, mainText, press } from './desk-steps.ts';
import { DeskTrial, type Arrived } from './desk-trial.ts';

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const UNIT = 'legal';
const LOAD = 'table.loads';

/** Requests that a caseworker of the unit has claimed. */
async function claimed(count: number, post: string): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  const worker = trial.system.person(UNIT, post);
  for (let n = 0; n < count; n += 1) {
    const request = await trial.submit({ type: 'advice' });
    await worker.act(await worker.read(request.id), 'claim');
    arrived.push(request);
  }
  return arrived;
}

async function declined(): Promise<Arrived> {
  const [request] = (await claimed(1, 'caseworker')) as [Arrived];
  const worker = trial.system.person(UNIT, 'caseworker');
  const reason = { reason: 'It belongs to the insurer.', belongsTo: 'the insurer' };
  await worker.act(await worker.read(request.id), 'decline', reason);
  return request;
}

/** The number of open requests that the table of loads shows for a person. */
async function loadOf(page: Page, name: string): Promise<number> {
  const row = page.locator(`${LOAD} tr`, { has: page.getByRole('link', { name, exact: true }) });
  return (await row.count()) === 0 ? 0 : Number(await row.locator('.load-open strong').textContent());
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a supervisor %s', (_title, javaScriptEnabled) => {
  it('sees who has what, opens the list of a person, and gives all of it to somebody else', async () => {
    await trial.system.person(UNIT, 'caseworker-2').describe();
    const mine = await claimed(2, 'caseworker');
    const { page, complaints } = await trial.as(`${UNIT}.supervisor`, { javaScriptEnabled });
    await page.locator('.desk-rail a', { hasText: 'Team' }).click();
    await page.waitForURL('**/team');
    const [first, second] = ['Legal caseworker 1', 'Legal caseworker 2'] as const;
    const [had, others] = [await loadOf(page, first), await loadOf(page, second)];
    expect(had).toBeGreaterThanOrEqual(2);

    await page.getByRole('link', { name: first, exact: true }).click();
    await page.waitForURL(`**/work?who=all&assignee=${UNIT}.caseworker&unit=${UNIT}`);
    expect(await page.locator('h1').textContent()).toBe(`Requests of ${first}`);
    expect(await page.locator('.row').count()).toBe(had);
    const rows = (await page.locator('.row .reference').allTextContents()).sort();
    for (const { reference } of mine) expect(rows).toContain(reference);
    expect(await page.locator('.tags').textContent()).toContain(first);

    await page.locator('[data-bulk]').click();
    await page.getByRole('link', { name: 'Assign', exact: true }).click();
    await page.locator('#form-assign').waitFor();
    await fillIn(page, { assignee: `${UNIT}.caseworker-2` });
    await press(page, 'Show what would change');
    await press(page, 'Assign');
    await eventually(
      async () => {
        await page.goto('/team');
        return (await loadOf(page, second)) === others + had;
      },
      { withinMs: 30_000, says: `${String(had)} requests of another person` },
    );
    expect(await loadOf(page, first)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('removes the person from the filters of a list and sees the requests of everybody', async () => {
    const { page } = await trial.as(`${UNIT}.supervisor`, {
      javaScriptEnabled,
      to: `/work?who=all&assignee=${UNIT}.caseworker-2&sort=oldest`,
    });
    await page.getByText('Filter and sort').click();
    await page.locator('#filter-sort').selectOption('newest');
    await followedByPage(page, () => page.locator('form.filter[action="/work"] button').click());
    expect(await page.locator('h1').textContent()).toBe('Requests of Legal caseworker 2');
    await page.locator('.tags a', { hasText: 'Legal caseworker 2' }).click();
    await page.waitForURL('**/work?who=all&sort=newest');
    expect(await page.locator('h1').textContent()).toBe('Whole unit');
  });

  it('sees first what nobody has changed for the longest time, and what arrived first', async () => {
    await claimed(2, 'caseworker');
    const { page } = await trial.as(`${UNIT}.supervisor`, { javaScriptEnabled, to: '/team' });
    for (const part of ['stuck', 'oldest']) {
      const section = page.locator(`[aria-labelledby="unit-${UNIT}-${part}"]`);
      const times = await section.locator('.col-due time').all();
      const moments = await Promise.all(times.map((time) => time.getAttribute('datetime')));
      expect(moments.length).toBeGreaterThanOrEqual(2);
      expect(moments).toEqual(moments.toSorted());
    }
    const stuck = page.locator(`[aria-labelledby="unit-${UNIT}-stuck"] .col-who`);
    expect(await stuck.allTextContents()).not.toContain('Nobody yet');
    const request = page.locator(`[aria-labelledby="unit-${UNIT}-stuck"] .row-title`).first();
    await request.click();
    await page.locator('.request-head').waitFor();
  });

  it('draws a sample, sees each mistake beside its field with the text still there, and records what was found', async () => {
    await declined();
    const { page, complaints } = await trial.as(`${UNIT}.supervisor`, { javaScriptEnabled, to: '/team' });
    await page.getByRole('link', { name: 'Check decided requests' }).click();
    await page.locator('#kind').selectOption(`${UNIT}/advice`);
    await page.locator('#count').fill('many');
    await press(page, 'Draw');
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Draw 1 to 50 requests.');
    expect(await page.locator('#count').inputValue()).toBe('many');
    expect(await page.locator('#kind').inputValue()).toBe(`${UNIT}/advice`);
    await page.locator('#count').fill('50');
    await press(page, 'Draw');
    expect(await page.locator('.desk-notice').textContent()).toMatch(/\d+ requests? drawn\./);

    const open = page.locator('.check form').first();
    const id = String(await open.getAttribute('id'));
    const check = page.locator('.check', { has: page.locator(`#${id}`) });
    const reference = String(await check.locator('.reference').textContent());
    const remark = `The reason is too short. ${reference}`;
    const form = page.locator(`#${id}`);
    const record = (): Promise<void> => followedByPage(page, () => form.locator('button').click());
    await form.locator('textarea').fill(remark);
    await record();
    expect(await form.locator('.govuk-error-summary').textContent()).toContain('Choose an outcome.');
    expect(await form.locator('textarea').inputValue()).toBe(remark);
    await form.locator('textarea').fill('');
    await form.locator('[value="not-sound"]').check();
    await record();
    expect(await form.locator('.govuk-error-summary').textContent()).toContain('Write a remark');
    expect(await form.locator('[value="not-sound"]').isChecked()).toBe(true);
    await form.locator('textarea').fill(remark);
    await record();
    expect(await page.locator('.desk-notice').textContent()).toBe(`${reference}: Not sound.`);
    const results = page.locator(`[aria-labelledby="unit-${UNIT}-results"]`);
    expect(await results.locator('.check').first().textContent()).toContain(remark);
    expect(await page.locator(`#${id}`).count()).toBe(0);

    await results.locator('.check a').first().click();
    await page.locator('.request-head').waitFor();
    expect(await mainText(page)).toContain(reference);
    expect(faultsIn(complaints)).toEqual([]);
  });

  it('is told when another supervisor was quicker, and keeps the text', async () => {
    await declined();
    const { page } = await trial.as(`${UNIT}.supervisor`, { javaScriptEnabled, to: '/quality' });
    await press(page, 'Draw');
    const form = page.locator('.check form').first();
    const id = String(await form.getAttribute('id')).replace('form-', '');
    await trial.system.person(UNIT, 'supervisor').recordOutcome(id, { outcome: 'sound' });
    await form.locator('[value="sound-with-remarks"]').check();
    await form.locator('textarea').fill('Written for nothing?');
    await followedByPage(page, () => form.locator('button').click());
    const lost = page.locator('[aria-labelledby="lost"]');
    expect(await lost.textContent()).toContain('is recorded already');
    expect(await lost.textContent()).toContain('Written for nothing?');
  });
});

describe('an auditor', () => {
  it('sees the team and the results, and has nothing to change', async () => {
    const { page, complaints } = await trial.as(`${UNIT}.auditor`, { to: '/team' });
    expect(await page.locator(LOAD).count()).toBe(1);
    await page.getByRole('link', { name: 'See the quality checks' }).click();
    await page.waitForURL('**/quality');
    expect(await mainText(page)).toContain('Results so far');
    expect(await page.locator('#main-content form').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
