import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#testing';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { faultsIn, fillIn, followedByPage, mainText, openForm, press } from './desk-steps.ts';

/** Longer than any session may last without use. */
const UNUSED_SECONDS = 13 * 3_600;
const KEYS_MAX = 120;
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

/** Ends the sessions of a person as if nobody had used them for a long time. */
async function timeOut(subject: string): Promise<void> {
  const { rowCount } = await desk.query(
    `update session
    set sess = jsonb_set(sess::jsonb, '{usedAt}', to_jsonb((sess ->> 'usedAt')::int - $2::int))::json
    where sess -> 'person' ->> 'subject' = $1`,
    [subject, UNUSED_SECONDS],
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

  it('moves in the list with j and k, opens with e, and can switch the keys off', async () => {
    await repair();
    await repair();
    const { page } = await trial.as('fleet.caseworker-2', { to: '/work?who=all' });
    const rowWithFocus = async (): Promise<string | null> => {
      const row = page.locator('.row:focus-within');
      return (await row.count()) === 0 ? null : row.getAttribute('data-key');
    };
    const rows = page.locator('[data-rows] .row');
    const [first, second] = [
      await rows.nth(0).getAttribute('data-key'),
      await rows.nth(1).getAttribute('data-key'),
    ];
    await page.keyboard.press('j');
    expect(await rowWithFocus()).toBeNull();
    await rows.nth(0).locator('a').focus();
    await page.keyboard.press('j');
    expect(await rowWithFocus()).toBe(second);
    await page.keyboard.press('k');
    expect(await rowWithFocus()).toBe(first);
    await followedByPage(page, () => page.keyboard.press('e'));
    expect(page.url()).toContain(`/requests/${first ?? ''}`);
    await page.goto('/help');
    await page.locator('[name="keyboard"][value="off"]').check();
    await press(page, 'Save');
    await page.goto('/work?who=all');
    await rows.nth(0).locator('a').focus();
    await page.keyboard.press('j');
    expect(await rowWithFocus()).toBe(first);
    await page.goto('/help');
    await page.locator('[name="keyboard"][value="on"]').check();
    await press(page, 'Save');
  });
});

describe.each(BOTH)('two people at one request, %s', (_title, javaScriptEnabled) => {
  it('see each other, and the slower one sees both versions and sends the own text again', async () => {
    const request = await repair();
    const first = await trial.as('fleet.caseworker', { javaScriptEnabled, to: request.path });
    await press(first.page, 'Claim');
    await openForm(first.page, 'answer');
    const typed = { outcome: 'completed', workDone: 'Only the pads.', odometerMiles: '48400' };
    await fillIn(first.page, typed);

    const second = await trial.as('fleet.supervisor', { javaScriptEnabled, to: request.path });
    expect(await second.page.locator('[data-presence]').textContent()).toContain('Fleet caseworker 1');
    await openForm(second.page, 'note');
    await fillIn(second.page, { text: 'The discs are worn as well.' });
    await press(second.page, 'Add the note');

    await press(first.page, 'Send the answer');
    const conflict = await first.page.locator('[aria-labelledby="conflict"]').textContent();
    expect(conflict).toContain('This request changed while you were typing');
    expect(conflict).toContain('The discs are worn as well.');
    expect(await first.page.locator('[name="field/workDone"]').inputValue()).toBe(typed.workDone);
    expect(await first.page.locator('[name="field/odometerMiles"]').inputValue()).toBe('48400');
    expect(await first.page.locator('[name="field/outcome"][value="completed"]').isChecked()).toBe(true);
    await press(first.page, 'Send the answer');
    expect(await first.page.locator('.desk-notice').textContent()).toContain('is answered');
    expect(faultsIn([...first.complaints, ...second.complaints])).toEqual([]);
  });
});

describe('a page that is open', () => {
  it('says that the request has changed, and takes neither the focus nor the typed text', async () => {
    const request = await repair();
    const first = await trial.as('fleet.caseworker', { to: `${request.path}?do=note` });
    const field = first.page.locator('[name="field/text"]');
    await field.fill('Half a sen');
    await first.page.waitForRequest(/\/note\/unsent$/);
    const task = await trial.system.person('fleet', 'supervisor').read(request.id);
    await trial.system.person('fleet', 'supervisor').act(task, 'note', { text: 'Meanwhile.' });
    await first.page.locator('[data-request-news] a').waitFor();
    expect(await field.inputValue()).toBe('Half a sen');
    expect(await first.page.locator('[name="field/text"]:focus').count()).toBe(1);
    expect(first.complaints).toEqual([]);
  });
});

describe.each(BOTH)('a session that ends while somebody types, %s', (_title, javaScriptEnabled) => {
  it('gives the text back after signing in again, to nobody else, until it is sent', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', {
      javaScriptEnabled,
      to: `${request.path}?do=note`,
    });
    await page.locator('[name="field/text"]').fill('A long thought that took an hour.');
    await timeOut('fleet.caseworker');
    await page.locator('#form-note button[type="submit"]').first().click();
    await signInAgain(page, 'fleet.caseworker');
    expect(new URL(page.url()).pathname).toBe(request.path);
    expect(await page.locator('#form').textContent()).toContain('It was not sent.');
    expect(await page.locator('[name="field/text"]').inputValue()).toBe('A long thought that took an hour.');

    const other = await trial.as('fleet.supervisor', { javaScriptEnabled, to: `${request.path}?do=note` });
    expect(await other.page.content()).not.toContain('A long thought');
    await press(page, 'Add the note');
    expect(await mainText(page)).toContain('A long thought that took an hour.');
    await page.goto(request.path);
    expect(await page.locator('#form').count()).toBe(0);
  });
});

describe('typed text', () => {
  it('is kept while it is typed, is there at another computer, and can be thrown away', async () => {
    const request = await repair();
    const here = await trial.as('fleet.caseworker', { to: `${request.path}?do=note` });
    const kept = here.page.waitForResponse(/\/note\/unsent$/);
    await here.page.locator('[name="field/text"]').fill('Begun at home.');
    expect((await kept).status()).toBe(204);
    const there = await trial.as('fleet.caseworker', { to: request.path });
    expect(await there.page.locator('[name="field/text"]').inputValue()).toBe('Begun at home.');
    await press(there.page, 'Throw this text away');
    await there.page.goto(`${request.path}?do=note`);
    expect(await there.page.locator('[name="field/text"]').inputValue()).toBe('');
    expect([...here.complaints, ...there.complaints]).toEqual([]);
  });

  it('does not come back as unsent after it was sent', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', { to: `${request.path}?do=note` });
    // The desk is slow, so the page is still there when it would keep the text.
    await page.route(/\/note$/, async (route) => {
      await new Promise((done) => setTimeout(done, 2_500));
      await route.continue();
    });
    await page.locator('[name="field/text"]').fill('Sent once.');
    await press(page, 'Add the note');
    await page.goto(request.path);
    expect(await page.locator('#form').count()).toBe(0);
  });
});

describe.each(BOTH)('a form that is sent twice, %s', (_title, javaScriptEnabled) => {
  it('has one effect', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', { javaScriptEnabled, to: `${request.path}?do=note` });
    await page.locator('[name="field/text"]').fill('Only once.');
    await page.locator('#form-note button[type="submit"]').first().dblclick();
    await eventually(async () => {
      const { notes = [] } = await trial.system.person('fleet', 'caseworker').read(request.id);
      return notes.length > 0;
    });
    await page.goto(request.path);
    expect(await page.locator('.timeline .said', { hasText: 'Only once.' }).count()).toBe(1);
  });
});

describe('a unit that hangs', () => {
  it('is named as away, and the work of the other unit goes on', async () => {
    await trial.emptyQueue('fleet');
    const fault = await trial.submit({ type: 'fault-repair' });
    const request = await repair();
    const { page } = await trial.as('fleet-and-estates.caseworker', { to: '/work?who=none' });
    expect(await mainText(page)).toContain(fault.reference);
    const goOn = trial.system.freeze('estates');
    try {
      await page.goto('/work?who=none');
      expect(await page.locator('.away').textContent()).toContain('Estates');
      expect(await mainText(page)).not.toContain(fault.reference);
      await page.locator(`[data-key="fleet/${request.reference}"] a`).click();
      await press(page, 'Claim');
      expect(await mainText(page)).toContain('You have it');
      const away = await page.goto(fault.path);
      expect(away?.status()).toBe(503);
      expect(await mainText(page)).toContain('Estates does not answer');
      await page.goto(`/search?q=${request.reference.slice(0, 8)}`);
      expect(await page.locator('.away').textContent()).toContain('was not searched');
    } finally {
      goOn();
    }
    await eventually(
      async () => {
        await page.goto('/work?who=none');
        return (await page.locator('.away').count()) === 0;
      },
      { withinMs: 60_000, says: 'estates in the list' },
    );
    expect(await mainText(page)).toContain(fault.reference);
  });
});
