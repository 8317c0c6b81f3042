import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fillIn, followedByPage, mainText, openForm, press } from './desk-steps.ts';
import { DeskTrial, newMark } from './desk-trial.ts';

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const field = (page: Page, name: string) => page.locator(`[name="field/${name}"]`);
const decide = (page: Page, decision: string) =>
  page.locator(`[name="field/decision"][value="${decision}"]`).check();

describe('the form of an answer with rules', () => {
  it('shows a field only when it may be given, says when it is needed, and sends nothing that is hidden', async () => {
    const request = await trial.submit({ type: 'certificate-variation' });
    const { page, complaints } = await trial.as('firearms-licensing.caseworker', { to: request.path });
    await press(page, 'Claim');
    await openForm(page, 'propose');
    const labels = async (): Promise<string> => (await page.locator('#form-propose').innerText()).trim();

    await decide(page, 'granted');
    expect(await field(page, 'startsOn').isVisible()).toBe(true);
    expect(await labels()).toContain('Reasons (optional)');
    await fillIn(page, { startsOn: '2026-12-24', departsFromGuidance: 'yes' });
    expect(await labels()).not.toContain('Reasons (optional)');

    await decide(page, 'refused');
    expect(await field(page, 'startsOn').isVisible()).toBe(false);
    await fillIn(page, { reasons: 'The referee withdrew.' });
    await followedByPage(page, () => page.locator('#form-propose button[type="submit"]').first().click());
    const proposal = (await page.locator('[aria-labelledby="proposal"]').textContent()) ?? '';
    expect(proposal).toContain('The referee withdrew.');
    expect(proposal).not.toContain('24 Dec 2026');
    expect(complaints).toEqual([]);
  });

  it('without JavaScript has every field, and the unit says which one must be left out', async () => {
    const request = await trial.submit({ type: 'certificate-variation' });
    const { page } = await trial.as('firearms-licensing.caseworker', {
      javaScriptEnabled: false,
      to: request.path,
    });
    await press(page, 'Claim');
    await openForm(page, 'propose');
    await decide(page, 'refused');
    await fillIn(page, {
      startsOn: '2026-12-24',
      departsFromGuidance: 'no',
      reasons: 'The referee withdrew.',
    });
    await followedByPage(page, () => page.locator('#form-propose button[type="submit"]').first().click());
    expect(await page.locator('.govuk-error-summary').textContent()).toContain(
      'Leave the start out, because the certificate is refused',
    );
    expect(await field(page, 'reasons').inputValue()).toBe('The referee withdrew.');
  });
});

describe('the page of a request', () => {
  it('names people, and shows the earlier jobs of a vehicle as a table without identifiers of rows', async () => {
    const vrm = newMark();
    const earlier = await trial.submit({ type: 'vehicle-repair', payload: { vrm } });
    const request = await trial.submit({ type: 'vehicle-repair', payload: { vrm } });
    const { page, complaints } = await trial.as('fleet.caseworker', { to: request.path });
    await press(page, 'Claim');
    const other = await trial.as('fleet.supervisor', { to: request.path });
    expect(await other.page.locator('.request-line').textContent()).toContain('Fleet caseworker 1 has it');
    const record = page.locator('[aria-labelledby="record"]');
    expect(await record.locator('table').count()).toBeGreaterThan(0);
    expect(await record.textContent()).toContain(earlier.reference);
    const names = (await record.locator('dt').allTextContents()).map((name) => name.trim());
    expect(names).toContain('Registration mark');
    expect(names).toContain('What the vehicle is used for');
    expect(await record.locator('tbody td:first-child').allTextContents()).toContain(request.type.title);
    const refusals = (await other.page.locator('[data-refusals]').textContent()) ?? '';
    expect(refusals).toContain('Only the person assigned can');
    expect(refusals).not.toMatch(/release|decision-maker/);
    expect(await record.textContent()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7|T\d\d:\d\d:\d\d/);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('prints what was asked and answered, without buttons, list and menu', async () => {
    const request = await trial.submit({ type: 'advice' });
    const { page } = await trial.as('legal.caseworker', { to: request.path });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[aria-labelledby="summary"]').isVisible()).toBe(true);
    for (const part of ['.actions', '.desk-rail', '.queue', '.desk-search'])
      expect([part, await page.locator(part).isVisible()]).toEqual([part, false]);
  });
});

describe('links between requests', () => {
  it('are made and removed on the page of either, and a reference that cannot be linked comes back', async () => {
    const [first, second] = [
      await trial.submit({ type: 'minor-works' }),
      await trial.submit({ type: 'minor-works' }),
    ];
    const { page } = await trial.as('estates.caseworker', { to: `${first.path}?who=all` });
    const link = async (to: string): Promise<void> => {
      if ((await page.locator('#links details[open]').count()) === 0)
        await page.getByText('Link it to another request').click();
      await page.locator('#link-kind').selectOption('duplicate-of');
      await page.locator('#link-to').fill(to);
      await followedByPage(page, () => page.getByRole('button', { name: 'Link', exact: true }).click());
    };
    await link('EST-26-999999');
    expect(await page.locator('#link-error').textContent()).toContain('of the same force');
    expect(await page.locator('#link-to').inputValue()).toBe('EST-26-999999');
    await link(second.reference);
    expect(await page.locator('#links').textContent()).toContain(`A duplicate of ${second.reference}`);
    await page.goto(second.path);
    expect(await page.locator('#links').textContent()).toContain(`Has the duplicate ${first.reference}`);
    await followedByPage(page, () => page.getByRole('button', { name: 'Remove the link' }).click());
    expect(await page.locator('#links').textContent()).not.toContain(first.reference);
    const auditor = await trial.as('estates.auditor', { to: first.path });
    expect(await auditor.page.locator('#links').count()).toBe(0);
  });
});

describe('saved lists', () => {
  it('are deleted by the person who saved them, and those of a unit by its supervisor too', async () => {
    const save = async (page: Page, name: string, unit: string): Promise<void> => {
      await page.goto('/work?who=all&state=held');
      await page.getByText('Filter and sort').click();
      await page.locator('#view-name').fill(name);
      await page.locator('#view-for').selectOption(unit);
      await press(page, 'Save');
    };
    const [own, shared] = [`Own ${newMark()}`, `Shared ${newMark()}`];
    const caseworker = (await trial.as('estates.caseworker')).page;
    await save(caseworker, own, '');
    await save(caseworker, shared, 'estates');
    const supervisor = (await trial.as('estates.supervisor', { to: '/views' })).page;
    expect(await mainText(supervisor)).toContain(shared);
    expect(await mainText(supervisor)).not.toContain(own);
    const remove = (page: Page, name: string): Promise<void> =>
      followedByPage(page, () => page.getByRole('button', { name: `Delete ${name}` }).click());
    const colleague = (await trial.as('estates.caseworker-2', { to: '/views' })).page;
    expect(await colleague.getByRole('button', { name: `Delete ${shared}` }).count()).toBe(0);
    await remove(supervisor, shared);
    await caseworker.goto('/views');
    expect(await mainText(caseworker)).not.toContain(shared);
    await remove(caseworker, own);
    expect(await caseworker.locator('.desk-notice').textContent()).toContain('The list is deleted.');
    expect(await mainText(caseworker)).not.toContain(own);
  });
});

describe('the first page', () => {
  it.each([
    ['fleet.caseworker', '/work'],
    ['fleet.auditor', '/work?who=all'],
    ['firearms-licensing.decision-maker', '/work?who=all&state=awaiting-decision'],
  ])('of %s is %s', async (person, address) => {
    const { page } = await trial.as(person, { to: '/' });
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(address);
  });

  it.each([
    ['who=everybody', 'There is no list “everybody”: these are your own requests.'],
    ['state=<b>&who=all', 'There is no state “<b>”: the list is shown without it.'],
    ['unit=legal', 'There is no unit “legal” in your work, so the list is empty.'],
    ['type=vehicle-wash', 'There is no kind of request “vehicle-wash” in your work, so the list is empty.'],
  ])('says that %s names nothing', async (address, said) => {
    const { page, complaints } = await trial.as('fleet.caseworker', { to: `/work?${address}` });
    expect(await page.locator('.away').allTextContents()).toEqual([said]);
    expect(complaints).toEqual([]);
  });

  it('has a list of decisions only for people who may decide', async () => {
    const menuOf = async (person: string): Promise<string> => {
      const { page } = await trial.as(person, { to: '/help' });
      return (await page.locator('.desk-rail').textContent()) ?? '';
    };
    expect(await menuOf('firearms-licensing.decision-maker')).toContain('Decisions');
    expect(await menuOf('firearms-licensing.caseworker')).not.toContain('Decisions');
  });

  it('says that nothing waits without the look of a success', async () => {
    await trial.emptyQueue('legal');
    const { page, complaints } = await trial.as('legal.caseworker');
    await press(page, 'Get next');
    expect(await page.locator('.desk-notice').textContent()).toContain('Nothing waits');
    const plain = page.locator('.desk-notice--plain');
    expect(await plain.count()).toBe(1);
    const request = await trial.submit({ type: 'advice' });
    await page.goto(request.path);
    await press(page, 'Claim');
    expect(await page.locator('.desk-notice').textContent()).toContain('You have claimed');
    expect(await plain.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows found requests as cards on a phone, with the field that has the word', async () => {
    const vrm = newMark();
    const request = await trial.submit({ type: 'vehicle-repair', payload: { vrm } });
    const width = 360;
    const { page } = await trial.as('fleet.caseworker', {
      viewport: { width, height: 740 },
      to: `/search?q=${vrm}`,
    });
    const row = page.locator('.row', { hasText: request.reference });
    for (const part of ['.matched', '.col-force', '.col-who', '.col-due']) {
      const box = await row.locator(part).boundingBox();
      expect([part, box && box.x > 0 && box.x + box.width < width]).toEqual([part, true]);
    }
  });

  it('counts its lists in the menu without the filters of the list', async () => {
    const { page } = await trial.as('fleet.caseworker', { to: '/work?who=all' });
    const count = async (): Promise<string | null> => page.locator('[data-count="all"]').textContent();
    const whole = await count();
    await page.goto('/work?who=all&type=vehicle-service&force=essex');
    expect(await count()).toBe(whole);
  });
});
