import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { NARROW, WIDE, ZOOMED } from './accessible-page.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { faultsIn, followedByPage, openForm, press } from './desk-steps.ts';

const KEYS_MAX = 120;

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const repair = (): Promise<Arrived> => trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark() } });

/** Says in the browser whether an element has the focus, and whether a person sees where the focus is. */
const focusOf = (selector: string): string => `(() => {
  const element = document.activeElement;
  if (element === document.body) return { found: false, unseen: '' };
  // The parts of a date field show the focus by themselves.
  const inside = /date|time/.test(element.getAttribute('type') ?? '');
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  return {
    found: element.matches(${JSON.stringify(selector)}),
    unseen: !inside && outlineStyle === 'none' && boxShadow === 'none' ? element.outerHTML : '',
  };
})()`;

/** Presses the tab key until an element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < KEYS_MAX; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<{ found: boolean; unseen: string }>(focusOf(selector));
    expect(focus.unseen).toBe('');
    if (focus.found) return;
  }
  throw new Error(`${selector} cannot be reached with the tab key`);
}

/** The parts of a page that stay in place while the rest moves. */
const BARS = '.actions, .group-heading, .news';
/** Names in the browser the bar that covers the element in use, or says that the element is out of sight. */
const COVERED = `(() => {
  const element = document.activeElement;
  if (element === document.body) return '';
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const seen = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]].filter(
    ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight,
  );
  if (seen.length === 0) return element.outerHTML + ' is out of sight';
  const bars = seen.map(([x, y]) => document.elementFromPoint(x, y)?.closest(${JSON.stringify(BARS)}));
  const bar = bars.find((one) => one && !one.contains(element));
  return bar ? element.outerHTML + ' is under ' + bar.className : '';
})()`;

/** Presses a key again and again. Returns the elements that were covered while they had the focus. */
async function coveredOnTheWay(page: Page, key: string, times: number): Promise<string[]> {
  const covered: string[] = [];
  for (let presses = 0; presses < times; presses += 1) {
    await page.keyboard.press(key);
    const fault = await page.evaluate<string>(COVERED);
    if (fault !== '') covered.push(`${key}: ${fault}`);
  }
  return covered;
}

describe('a person without a mouse', () => {
  it('signs in, claims the next request, answers it and signs out', async () => {
    await trial.emptyQueue('fleet');
    const request = await repair();
    const { page, complaints } = await trial.anybody();
    await page.goto('/');
    await tabTo(page, 'button[value="fleet.caseworker"]');
    await page.keyboard.press('Enter');
    await page.locator('.desk-person').waitFor();
    await tabTo(page, '[data-next]');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${request.path}**`);
    await tabTo(page, '.actions a[href*="do=answer"]');
    await page.keyboard.press('Enter');
    await page.locator('#form-answer').waitFor();
    await tabTo(page, '[name="field/outcome"]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name="field/workDone"]');
    await page.keyboard.type('Discs replaced.');
    await tabTo(page, '[name="field/odometerMiles"]');
    await page.keyboard.type('48300');
    await tabTo(page, '#form-answer button');
    await page.keyboard.press('Enter');
    await page.locator('.desk-notice', { hasText: 'is answered' }).waitFor();
    await tabTo(page, 'form[action="/sign-out"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(({ pathname }) => pathname.startsWith('/session/end'));
    expect(faultsIn(complaints)).toEqual([]);
  });
});

/** The key of the row that has the focus. */
async function rowWithFocus(page: Page): Promise<string | null> {
  const row = page.locator('.row:focus-within');
  return (await row.count()) === 0 ? null : row.getAttribute('data-key');
}

/** The keys of the first two rows. */
async function firstRows(page: Page): Promise<(string | null)[]> {
  const rows = page.locator('[data-rows] .row');
  return [await rows.nth(0).getAttribute('data-key'), await rows.nth(1).getAttribute('data-key')];
}

async function setKeys(page: Page, keyboard: 'on' | 'off'): Promise<void> {
  await page.goto('/help');
  await page.locator(`[name="keyboard"][value="${keyboard}"]`).check();
  await press(page, 'Save');
}

describe('the keys of the list', () => {
  beforeAll(async () => {
    await Promise.all([repair(), repair()]);
  });

  it('move, mark and open only while a row has the focus', async () => {
    const { page } = await trial.as('fleet.caseworker-2', { to: '/work?who=all' });
    const [first, second] = await firstRows(page);
    const row = page.locator('[data-rows] .row').first();
    await page.keyboard.press('j');
    expect(await rowWithFocus(page)).toBeNull();
    await row.locator('a').focus();
    await page.keyboard.press('j');
    expect(await rowWithFocus(page)).toBe(second);
    await page.keyboard.press('k');
    expect(await rowWithFocus(page)).toBe(first);
    await page.keyboard.press('x');
    expect(await row.getAttribute('class')).toContain('marked');
    await followedByPage(page, () => page.keyboard.press('e'));
    expect(page.url()).toContain(`/requests/${first ?? ''}`);
    await page.goto('/work?who=all');
    await row.locator('a').focus();
    await followedByPage(page, () => page.keyboard.press('?'));
    expect(page.url()).toContain('/help#keys');
  });

  it('do nothing after a person has switched them off, and stay off at the next sign-in', async () => {
    const subject = 'fleet.caseworker-2';
    const here = await trial.as(subject);
    await setKeys(here.page, 'off');
    const there = await trial.as(subject);
    for (const { page } of [here, there]) {
      await page.goto('/work?who=all');
      const [first] = await firstRows(page);
      const row = page.locator('[data-rows] .row').first();
      const before = await row.getAttribute('class');
      await row.locator('a').focus();
      for (const key of ['j', 'k', 'x', 'e', '?']) {
        await page.keyboard.press(key);
        expect([key, await rowWithFocus(page)]).toEqual([key, first]);
        expect([key, await row.getAttribute('class')]).toEqual([key, before]);
        expect([key, new URL(page.url()).pathname]).toEqual([key, '/work']);
      }
    }
    await setKeys(there.page, 'on');
    await there.page.goto('/work?who=all');
    const [, second] = await firstRows(there.page);
    await there.page.locator('[data-rows] .row a').first().focus();
    await there.page.keyboard.press('j');
    expect(await rowWithFocus(there.page)).toBe(second);
  });
});

describe.each([
  ['of 1440 px', WIDE],
  ['of a phone', NARROW],
  ['at 400 %', ZOOMED],
])('a window %s', (_title, viewport) => {
  it('never has the focus under a bar that stays in place (WCAG 2.4.11)', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', { viewport, to: request.path });
    await press(page, 'Claim');
    await openForm(page, 'answer');
    await page.locator('[name="field/workDone"]').focus();
    const covered = [
      ...(await coveredOnTheWay(page, 'Tab', 20)),
      ...(await coveredOnTheWay(page, 'Shift+Tab', 24)),
    ];
    await page.goto('/work?who=all');
    await page.locator('[data-rows] .row a').last().focus();
    covered.push(...(await coveredOnTheWay(page, 'Shift+Tab', 14)));
    expect(covered).toEqual([]);
  });
});
