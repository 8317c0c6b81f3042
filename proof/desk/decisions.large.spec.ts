import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Agreement } from '../outside/agreement.ts';
import { expectStatus } from '../outside/force-side.ts';
import { DeskTrial, type Arrived } from './desk-trial.ts';
import { fillIn, followReload, giveCommand, mainText, openForm, press } from './desk-steps.ts';

const REFUSED = {
  decision: 'refused',
  departsFromGuidance: 'no',
  reasons: 'The club confirms membership but not regular attendance.',
};
const OPEN_CONFIRM = '.actions a[href*="do=confirm"]';

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a decision by a second person %s', (_title, javaScriptEnabled) => {
  it('is confirmed by a person who sees what changed since the proposal, and not by the proposer', async () => {
    const request = await trial.submit({ type: 'certificate-variation' });
    const first = await trial.as('firearms-licensing.caseworker', { javaScriptEnabled, to: request.path });
    await press(first.page, 'Claim');
    await giveCommand(first.page, 'propose', REFUSED);
    expect(await first.page.locator('.desk-notice').textContent()).toContain('awaits a second person');
    expect(await first.page.locator(OPEN_CONFIRM).count()).toBe(0);
    expect(await first.page.locator('[data-refusals]').textContent()).toContain(
      'Only a decision maker can confirm an answer',
    );
    await giveCommand(first.page, 'note', { text: 'The club called again.' });
    const told = await trial
      .side(request.force)
      .post(`/v1/requests/${request.id}/information`, { message: 'He attended twice in May.' });
    expectStatus(202, told);

    const second = await trial.as('firearms-licensing.decision-maker', {
      javaScriptEnabled,
      to: '/work?who=all&state=awaiting-decision',
    });
    await second.page.locator(`[data-key="firearms-licensing/${request.reference}"] a`).click();
    await second.page.waitForURL(`**${request.path}**`);
    await followReload(second.page, '.timeline li:has-text("He attended twice in May.")');
    const proposal = await second.page.locator('[aria-labelledby="proposal"]').textContent();
    for (const part of [REFUSED.reasons, 'The club called again.', 'He attended twice in May.'])
      expect(proposal).toContain(part);
    await openForm(second.page, 'confirm');
    await press(second.page, 'Confirm and send the answer');
    expect(await second.page.locator('.desk-notice').textContent()).toContain('is answered');
    expect(await mainText(second.page)).toContain(REFUSED.reasons);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it('goes back with a reason to the person who proposed it', async () => {
    const request = await trial.submit({ type: 'certificate-variation' });
    const first = await trial.as('firearms-licensing.caseworker', { javaScriptEnabled, to: request.path });
    await press(first.page, 'Claim');
    await giveCommand(first.page, 'propose', REFUSED);
    const second = await trial.as('firearms-licensing.decision-maker', {
      javaScriptEnabled,
      to: request.path,
    });
    await giveCommand(second.page, 'return', { reason: 'Ask the club in writing.' });
    await first.page.goto(request.path);
    expect(await mainText(first.page)).toContain('Ask the club in writing.');
    await openForm(first.page, 'propose');
    expect(await first.page.locator('[name="field/decision"]:checked').inputValue()).toBe('refused');
    expect(await first.page.locator('[name="field/reasons"]').inputValue()).toBe(REFUSED.reasons);
    await press(first.page, 'Propose this answer');
    expect(await first.page.locator('.desk-notice').textContent()).toContain('awaits a second person');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });
});

describe('a decision that the owning force has not delegated', () => {
  let agreement: Agreement;
  let request: Arrived;
  beforeAll(async () => {
    const [force] = trial.forces;
    request = await trial.submit({ type: 'certificate-variation', force });
    const first = await trial.as('firearms-licensing.caseworker', { to: request.path });
    await press(first.page, 'Claim');
    await openForm(first.page, 'propose');
    await fillIn(first.page, REFUSED);
    await press(first.page, 'Propose this answer');
    agreement = await Agreement.load('firearms-licensing', trial.system);
    await agreement.untilKnown(await agreement.publish('live', { withoutDelegationsOf: force }));
  });
  afterAll(async () => {
    await agreement.untilKnown(await agreement.publish('live'));
  });

  it('cannot be confirmed, and the page says that the delegation of that force is missing', async () => {
    const { page, complaints } = await trial.as('firearms-licensing.decision-maker', { to: request.path });
    expect(await page.locator(OPEN_CONFIRM).count()).toBe(0);
    expect(await page.locator('[data-refusals]').textContent()).toMatch(
      /Bedfordshire Police has not delegated this decision to you/,
    );
    expect(await page.locator('.request-line').textContent()).toContain('Bedfordshire Police');
    expect(complaints).toEqual([]);
  });
});
