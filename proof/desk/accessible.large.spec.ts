import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsOf, WIDE } from './accessible-page.ts';
import type { Visit } from './browser.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { fillIn, followedByPage, press } from './desk-steps.ts';

const VERY_LONG = `${'Supercalifragilistic'.repeat(6)} ${'words and words '.repeat(60)}`;
const FROM_RIGHT = 'فاطمة الزهراء';

/** A test of the many forms examines a dozen pages. */
const WALK_MS_MAX = 120_000;

let trial: DeskTrial;
let caseworker: Visit;
beforeAll(async () => {
  trial = await DeskTrial.start();
  caseworker = await trial.as('fleet.caseworker', { viewport: WIDE });
});
afterAll(() => trial.stop());

async function expectAccessible(page: Page): Promise<void> {
  expect([page.url(), await faultsOf(page)]).toEqual([page.url(), []]);
}

const repair = (payload: Readonly<Record<string, unknown>> = {}): Promise<Arrived> =>
  trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark(), ...payload } });

describe('a page without a request', () => {
  it.each([
    '/work?who=none',
    '/work?who=all',
    '/work?who=all&sort=finished',
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

  it(
    'is accessible for a supervisor who looks at the team and checks decided requests',
    async () => {
      const request = await repair();
      const worker = trial.system.person('fleet', 'caseworker');
      await worker.act(await worker.read(request.id), 'claim');
      await worker.act(await worker.read(request.id), 'decline', {
        reason: VERY_LONG.slice(0, 900),
        belongsTo: FROM_RIGHT,
      });
      const other = await repair();
      await worker.act(await worker.read(other.id), 'claim');
      const { page } = await trial.as('every-unit.supervisor', { viewport: WIDE, to: '/team' });
      await page.locator('.loads').first().waitFor();
      await expectAccessible(page);
      await page.goto('/work?who=all&assignee=fleet.caseworker&unit=fleet');
      await expectAccessible(page);
      await page.goto('/quality');
      await press(page, 'Draw');
      await page.locator('#kind').selectOption('fleet/vehicle-repair');
      await press(page, 'Draw');
      const check = page.locator('.check form').first();
      await check.locator('textarea').fill(VERY_LONG);
      await followedByPage(page, () => check.locator('button').click());
      await expectAccessible(page);
      await page.locator('.check form [value="not-sound"]').first().check();
      await page.locator('.check form textarea').first().fill(`${FROM_RIGHT} ${VERY_LONG}`.slice(0, 1_900));
      await followedByPage(page, () => page.locator('.check form button').first().click());
      await expectAccessible(page);
      await page.locator('#count').fill('');
      await press(page, 'Draw');
      await expectAccessible(page);
    },
    WALK_MS_MAX,
  );

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
