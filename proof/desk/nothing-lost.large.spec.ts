import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { faultsIn, fillIn, mainText, openForm, press } from './desk-steps.ts';

const BOTH = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;

let trial: DeskTrial;
beforeAll(async () => {
  trial = await DeskTrial.start();
});
afterEach(() => trial.closeVisits());
afterAll(() => trial.stop());

const repair = (): Promise<Arrived> => trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark() } });

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

describe('a list', () => {
  it('marks the requests for which this person has unsent text, until it is sent', async () => {
    const request = await repair();
    const { page, complaints } = await trial.as('fleet.caseworker', { to: `${request.path}?do=note` });
    await page.locator('[name="field/text"]').fill('Half a sen');
    await page.waitForResponse(/\/note\/unsent$/);
    const list = '/work?who=all&sort=newest';
    const mark = `[data-key="fleet/${request.reference}"] .unsent`;
    await page.goto(list);
    expect(await page.locator(mark).textContent()).toBe('Unsent text');
    const colleague = await trial.as('fleet.caseworker-2', { to: list });
    expect(await colleague.page.locator(mark).count()).toBe(0);
    expect(await colleague.page.locator(`[data-key="fleet/${request.reference}"]`).count()).toBe(1);
    await page.goto(request.path);
    await press(page, 'Add the note');
    await page.goto(list);
    expect(await page.locator(mark).count()).toBe(0);
    expect([...complaints, ...colleague.complaints]).toEqual([]);
  });
});

describe('a change right after a page was made', () => {
  it('is told on the page, although its stream had not begun', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', { to: '/help' });
    // The stream is held back until the change has happened, as on a slow network.
    const changed = Promise.withResolvers<void>();
    await page.route('**/live**', async (route) => {
      await changed.promise;
      await route.continue();
    });
    await page.goto(request.path);
    const supervisor = trial.system.person('fleet', 'supervisor');
    await supervisor.act(await supervisor.read(request.id), 'note', { text: 'In between.' });
    changed.resolve();
    await page.locator('[data-request-news] a').waitFor();
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
    const { page } = await trial.as('fleet.caseworker');
    await page.clock.install();
    await page.goto(`${request.path}?do=note`);
    // The desk has the note, and the browser stays on the page as if the answer took long.
    await page.route(/\/note$/, async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.fulfill({ status: 204 });
    });
    await page.locator('[name="field/text"]').fill('Sent once.');
    const sent = page.waitForResponse(/\/note$/);
    await page.locator('#form-note button[type="submit"]').first().click();
    await sent;
    await page.clock.runFor(10_000);
    await page.goto(request.path);
    expect(await mainText(page)).toContain('Sent once.');
    expect(await page.locator('#form').count()).toBe(0);
  });
});

describe.each(BOTH)('a form that is sent twice, %s', (_title, javaScriptEnabled) => {
  it('has one effect', async () => {
    const request = await repair();
    const { page } = await trial.as('fleet.caseworker', { javaScriptEnabled, to: `${request.path}?do=note` });
    await page.locator('[name="field/text"]').fill('Only once.');
    await page.locator('#form-note button[type="submit"]').first().dblclick();
    // The second press ends on a page that says that the request has changed.
    await page.locator('.desk-notice, [aria-labelledby="conflict"]').first().waitFor();
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
