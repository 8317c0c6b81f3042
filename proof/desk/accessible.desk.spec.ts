import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Visit } from './browser.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { fillIn, followedByPage, press } from './desk-steps.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** In the other theme only colours differ. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 780 };
/** 1280 pixels at 400 %. */
const ZOOMED = { width: 320, height: 256 };
const VERY_LONG = `${'Supercalifragilistic'.repeat(6)} ${'words and words '.repeat(60)}`;
const FROM_RIGHT = 'فاطمة الزهراء';

/** Names in the browser the elements that are wider than the window, if it scrolls sideways. */
const TOO_WIDE = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return '';
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
  );
  return wide.slice(-5).map((element) => element.cloneNode().outerHTML).join(' ') + ' by ' + (scrollWidth - clientWidth);
})()`;

/** A test of the many forms examines a dozen pages. */
const WALK_MS_MAX = 300_000;

let trial: DeskTrial;
let caseworker: Visit;
beforeAll(async () => {
  trial = await DeskTrial.start();
  caseworker = await trial.as('fleet.caseworker', { viewport: WIDE });
});
afterAll(() => trial.stop());

/** Examines the page as it is, in both themes and at each width. Returns what is wrong, in words. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const examine = async (how: string, rules?: readonly string[]): Promise<void> => {
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(LEVELS)).analyze();
    for (const { id, nodes } of violations)
      faults.push(
        `${how}: ${id} ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('; ')}`,
      );
  };
  const overflow = async (how: string): Promise<void> => {
    const wide = await page.evaluate<string>(TOO_WIDE);
    if (wide !== '') faults.push(`${how}: scrolls sideways because of ${wide}`);
  };
  for (const [name, size] of [
    ['1440 px', WIDE],
    ['360 px', NARROW],
  ] as const) {
    await page.setViewportSize(size);
    await overflow(name);
    await page.emulateMedia({ colorScheme: 'light' });
    await examine(`light, ${name}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await examine(`dark, ${name}`, OF_COLOURS);
  }
  await page.setViewportSize(ZOOMED);
  await overflow('320 px');
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

async function expectAccessible(page: Page): Promise<void> {
  expect([page.url(), await faultsOf(page)]).toEqual([page.url(), []]);
}

const repair = (payload: Readonly<Record<string, unknown>> = {}): Promise<Arrived> =>
  trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark(), ...payload } });

describe('a page without a request', () => {
  it.each([
    '/work?who=none',
    '/work?who=all',
    '/work?force=essex',
    '/search?q=',
    '/search?q=nothinghasthis',
    '/search?q=repair',
    '/texts',
    '/help',
    '/accessibility',
    '/nowhere',
  ])('%s is accessible in both themes and scrolls sideways at no width', async (path) => {
    await caseworker.page.goto(path);
    await expectAccessible(caseworker.page);
  });

  it('is accessible with open filters, with filters in use, and with a list that is empty', async () => {
    const { page } = caseworker;
    await page.goto('/work?who=all&state=held&force=essex&group=overdue');
    await page.getByText('Filter and sort').click();
    await expectAccessible(page);
  });

  it('is accessible for a supervisor who writes a ready-made text with a mistake', async () => {
    const { page } = await trial.as('fleet.supervisor', { viewport: WIDE, to: '/texts' });
    await page.locator('#text').fill('{{nothing}}');
    await press(page, 'Save the text');
    await expectAccessible(page);
  });

  it('is accessible for a person without a unit, and after signing out', async () => {
    const { page } = await trial.as('operations', { viewport: WIDE });
    await expectAccessible(page);
    await page.goto('/signed-out');
    await expectAccessible(page);
  });

  it('is accessible with the warning that the session ends soon', async () => {
    const { page } = caseworker;
    await page.goto('/help');
    await page.evaluate("document.querySelector('#time-out').showModal()");
    await expectAccessible(page);
  });
});

describe('the page of a request', () => {
  it(
    'is accessible in every state and with every form',
    async () => {
      const { page } = caseworker;
      const request = await repair();
      await page.goto(request.path);
      await expectAccessible(page);
      await press(page, 'Claim');
      for (const command of ['answer', 'ask', 'hold', 'note', 'decline']) {
        await page.goto(`${request.path}?do=${command}`);
        await page.locator(`#form-${command}`).waitFor();
        await expectAccessible(page);
      }
      await page.goto(`${request.path}?do=answer`);
      await press(page, 'Send the answer');
      await page.locator('.govuk-error-summary').waitFor();
      await expectAccessible(page);
      await page.goto(`${request.path}?do=hold`);
      await fillIn(page, { reason: VERY_LONG });
      await press(page, 'Put on hold');
      await expectAccessible(page);
      await press(page, 'Go on with it');
      await page.goto(`${request.path}?do=ask`);
      await fillIn(page, { question: VERY_LONG });
      await followedByPage(page, () => page.locator('#form-ask button[type="submit"]').first().click());
      await expectAccessible(page);
    },
    WALK_MS_MAX,
  );

  it(
    'is accessible with a conflict, when it is assigned, and when it is declined',
    async () => {
      const request = await repair();
      const supervisor = await trial.as('fleet.supervisor', {
        viewport: WIDE,
        to: `${request.path}?do=assign`,
      });
      await expectAccessible(supervisor.page);
      const { page } = caseworker;
      await page.goto(request.path);
      await press(page, 'Claim');
      await page.goto(`${request.path}?do=decline`);
      await fillIn(page, { reason: VERY_LONG, belongsTo: 'the landlord' });
      const task = await trial.system.person('fleet', 'supervisor').read(request.id);
      await trial.system.person('fleet', 'supervisor').act(task, 'note', { text: 'Meanwhile.' });
      await press(page, 'Decline the request');
      await page.locator('[aria-labelledby="conflict"]').waitFor();
      await expectAccessible(page);
      await press(page, 'Decline the request');
      await page.locator('.desk-notice').waitFor();
      await expectAccessible(page);
    },
    WALK_MS_MAX,
  );

  it(
    'is accessible with very long texts and names that are written from right to left',
    async () => {
      const request = await repair({
        description: `${VERY_LONG} ${FROM_RIGHT}`.slice(0, 2_000),
        contact: FROM_RIGHT,
        location: 'L'.repeat(80),
      });
      await caseworker.page.goto(request.path);
      await expectAccessible(caseworker.page);
    },
    WALK_MS_MAX,
  );

  it(
    'is accessible while an answer is proposed, waits for the second person, and is decided',
    async () => {
      const request = await trial.submit({ type: 'certificate-grant' });
      const first = await trial.as('firearms-licensing.caseworker', { viewport: WIDE, to: request.path });
      await press(first.page, 'Claim');
      await first.page.goto(`${request.path}?do=propose`);
      await expectAccessible(first.page);
      await fillIn(first.page, {
        decision: 'refused',
        departsFromGuidance: 'no',
        livesAlone: 'yes',
        refereesAnswered: 'yes',
        reasons: VERY_LONG,
      });
      await press(first.page, 'Propose this answer');
      await expectAccessible(first.page);
      const second = await trial.as('firearms-licensing.decision-maker', {
        viewport: WIDE,
        to: '/work?who=all&state=awaiting-decision',
      });
      await expectAccessible(second.page);
      for (const command of ['return', 'confirm']) {
        await second.page.goto(`${request.path}?do=${command}`);
        await second.page.locator(`#form-${command}`).waitFor();
        await expectAccessible(second.page);
      }
      await press(second.page, 'Confirm and send the answer');
      await expectAccessible(second.page);
    },
    WALK_MS_MAX,
  );

  it(
    'is accessible with a milestone',
    async () => {
      const request = await trial.submit({ type: 'fault-repair' });
      const { page } = await trial.as('estates.caseworker', { viewport: WIDE, to: request.path });
      await press(page, 'Claim');
      await page.goto(`${request.path}?do=milestone`);
      await page.locator('#form-milestone').waitFor();
      await expectAccessible(page);
    },
    WALK_MS_MAX,
  );
});

describe('a page while a unit is away', () => {
  it('is accessible', async () => {
    const { page } = await trial.as('fleet-and-estates.caseworker', { viewport: WIDE });
    const goOn = trial.system.freeze('estates');
    try {
      await page.goto('/work?who=all');
      await page.locator('.away').waitFor();
      await expectAccessible(page);
    } finally {
      goOn();
    }
  });
});
