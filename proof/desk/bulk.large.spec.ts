import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { PlainVisit } from '../../deploy/local/plain-visit.ts';
import { eventually } from '#testing';
import { faultsOf } from './accessible-page.ts';
import { faultsIn, fillIn, followedByPage, mainText, press } from './desk-steps.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

/** Waits for the results of a bulk change that was started, and returns the sentence about them. */
const untilFinished = (page: Page): Promise<string> =>
  eventually(
    async () => {
      await page.reload();
      const said = (await page.locator('[role="status"]').allTextContents()).join(' ');
      return said.includes('Finished') && said;
    },
    { withinMs: 30_000, everyMs: 200, says: 'the end of the bulk change' },
  );
const inTheQueue = (place: string): Promise<Arrived> =>
  trial.submit({ type: 'minor-works', payload: { title: `Shelves for ${place}` } });
const stateOf = async ({ unit, id }: Arrived): Promise<[string, string | null]> => {
  const { state, assignee } = await trial.system.person(unit, 'supervisor').read(id);
  return [state, assignee];
};

describe.each([true, false])('one command for a whole list (with JavaScript: %s)', (javaScriptEnabled) => {
  it('assigns every request of it after a confirmation, and has a result for each', async () => {
    await trial.emptyQueue('estates');
    const requests = [await inTheQueue('the first'), await inTheQueue('the second')];
    const { page, complaints } = await trial.as('estates.supervisor', {
      javaScriptEnabled,
      to: '/work?who=none&type=minor-works',
    });
    await followedByPage(page, () => page.getByText('Change all of them').click());
    await followedByPage(page, () => page.locator('.choices').getByText('Assign', { exact: true }).click());
    await press(page, 'Show what would change');
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Give it to');
    await fillIn(page, { assignee: 'estates.caseworker-2' });
    await press(page, 'Show what would change');
    expect(await page.locator('h1').textContent()).toBe('Assign 2 requests?');
    for (const { reference } of requests) expect(await mainText(page)).toContain(reference);
    expect(await Promise.all(requests.map(stateOf))).toEqual(requests.map(() => ['queued', null]));
    await press(page, 'Assign 2 requests');
    expect(await untilFinished(page)).toContain('2 done, 0 not done');
    expect(await Promise.all(requests.map(stateOf))).toEqual(
      requests.map(() => ['claimed', 'estates.caseworker-2']),
    );
    await page.goto('/bulk/mine');
    expect(await mainText(page)).toContain('Estates and facilities: Assign, 2 requests');
    expect(faultsIn(complaints)).toEqual([]);
  });

  it('leaves a request alone that changed after the confirmation page, and says why', async () => {
    await trial.emptyQueue('estates');
    const [changed, left] = [await inTheQueue('one'), await inTheQueue('two')];
    const { page } = await trial.as('estates.caseworker', {
      javaScriptEnabled,
      to: '/bulk?who=none&unit=estates&do=claim',
    });
    await press(page, 'Show what would change');
    const colleague = trial.system.person('estates', 'supervisor');
    await colleague.act(await colleague.read(changed.id), 'note', { text: 'I am asking the site.' });
    await press(page, 'Claim 2 requests');
    expect(await untilFinished(page)).toContain('1 done, 1 not done');
    await followedByPage(page, () => page.getByText('Show only the 1').click());
    expect(await mainText(page)).toContain(changed.reference);
    expect(await mainText(page)).not.toContain(left.reference);
    expect(await mainText(page)).toContain('now at version 2');
    expect(await stateOf(changed)).toEqual(['queued', null]);
    expect(await stateOf(left)).toEqual(['claimed', 'estates.caseworker']);
  });
});

describe('marked rows', () => {
  it('are changed alone, and keep their marks when the list changes by itself', async () => {
    await trial.emptyQueue('estates');
    const [first, second] = [await inTheQueue('marked'), await inTheQueue('not marked')];
    const { page } = await trial.as('estates.caseworker', { to: '/work?who=none&unit=estates&sort=oldest' });
    await page.locator(`[data-key="estates/${first.reference}"] .row-title`).focus();
    await page.keyboard.press('x');
    expect(await page.locator('[data-bulk]').textContent()).toBe('Change the 1 marked');
    const third = await inTheQueue('a later one');
    await page.locator(`[data-key="estates/${third.reference}"]`).waitFor();
    expect(await page.locator('.row.marked').count()).toBe(1);
    await followedByPage(page, () => page.locator('[data-bulk]').click());
    expect(await mainText(page)).toContain('1 marked request');
    await followedByPage(page, () => page.locator('.choices').getByText('Claim', { exact: true }).click());
    await press(page, 'Show what would change');
    await press(page, 'Claim 1 request');
    expect(await untilFinished(page)).toContain('1 done, 0 not done');
    expect((await stateOf(first))[0]).toBe('claimed');
    expect((await stateOf(second))[0]).toBe('queued');
  });
});

describe('the pages of a bulk change', () => {
  it('are accessible, and scroll sideways at no width', async () => {
    await inTheQueue('everybody');
    const { page } = await trial.as('estates.caseworker', { to: '/bulk/mine' });
    expect(await faultsOf(page)).toEqual([]);
    await page.goto('/bulk?who=none&unit=estates&do=hold');
    expect(await faultsOf(page)).toEqual([]);
    await press(page, 'Show what would change');
    expect(await faultsOf(page)).toEqual([]);
    await page.goto('/bulk?who=none&unit=estates&do=note');
    await fillIn(page, { text: 'A note.' });
    await press(page, 'Show what would change');
    expect(await faultsOf(page)).toEqual([]);
    await followedByPage(page, () => page.locator('#main-content form button').click());
    await untilFinished(page);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('are nobody else’s, and people who only read have none', async () => {
    await inTheQueue('me');
    const mine = await trial.as('estates.caseworker', { to: '/bulk?who=none&unit=estates&do=claim' });
    await press(mine.page, 'Show what would change');
    const parts = new URL(mine.page.url()).searchParams.get('b') ?? '';
    expect(parts).toMatch(/^estates:/);
    const colleague = new PlainVisit(trial.origin);
    await colleague.signIn('estates.caseworker-2');
    for (const path of [`/bulk/confirm?b=${parts}`, `/bulk/results?b=${parts}`, `/bulk/results?b=fleet:x`])
      expect((await colleague.get(path)).status).toBe(404);
    const auditor = await trial.as('estates.auditor', { to: '/work?who=all' });
    expect(await auditor.page.locator('[data-bulk]').count()).toBe(0);
    expect(await auditor.page.getByText('Bulk changes').count()).toBe(0);
  });
});

describe('a list as CSV', () => {
  it('has the whole filtered list, and no cell that a spreadsheet would run', async () => {
    const title = `=HYPERLINK("http://example.test/${newMark()}")`;
    const advice = await trial.submit({ type: 'advice', payload: { subject: title } });
    const other = await trial.submit({ type: 'vehicle-repair' });
    const visit = new PlainVisit(trial.origin);
    await visit.signIn('every-unit.supervisor');
    const { status, text, headers } = await visit.get('/work.csv?who=all&unit=legal');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="requests-[\d-]+\.csv"$/);
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    const row = rows.find(({ Reference }) => Reference === advice.reference);
    expect(row).toMatchObject({
      Unit: 'Legal services',
      Kind: advice.type.title,
      "Force's reference": advice.theirs,
    });
    expect(row?.['About']).toMatch(/^'=HYPERLINK/);
    expect(rows.map(({ Reference }) => Reference)).not.toContain(other.reference);
    const stranger = new PlainVisit(trial.origin);
    await stranger.signIn('fleet.caseworker');
    expect((await stranger.get('/work.csv?who=all')).text).not.toContain(advice.reference);
    expect((await stranger.get('/work.csv?who=all&unit=legal')).text).not.toContain(advice.reference);
  });
});
