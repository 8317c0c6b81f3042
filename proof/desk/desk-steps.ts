import type { Page } from 'playwright-core';
import { eventually } from '#testing';

/** The text of the page inside its frame. */
export async function mainText(page: Page): Promise<string> {
  return (await page.locator('#main-content').textContent()) ?? '';
}

/** Does something that leads to another page, and waits until that page is there. */
export async function followedByPage(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** Presses a button, or a link that looks like one, and waits for the page that follows. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page
    .locator('#main-content .govuk-button, .queue-head .govuk-button')
    .filter({ hasText: name });
  const exact = button.and(page.getByText(name, { exact: true }));
  const wanted = (await exact.count()) > 0 ? exact : button;
  await followedByPage(page, () => wanted.first().click());
}

/** Opens the form of a command by its button. */
export async function openForm(page: Page, command: string): Promise<void> {
  await page.locator(`.actions a[href*="do=${command}"]`).click();
  await page.locator(`#form-${command}`).waitFor();
}

/** Fills fields in: text, or the choice of radio buttons, boxes and lists. */
export async function fillIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="field/${name}"]`);
    const kind = await field.first().getAttribute('type');
    if (kind === 'radio' || kind === 'checkbox')
      await page.locator(`[name="field/${name}"][value="${value}"]`).check();
    else if ((await page.locator(`select[name="field/${name}"]`).count()) > 0)
      await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Opens a command's form, fills it in and sends it. */
export async function giveCommand(
  page: Page,
  command: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await openForm(page, command);
  await fillIn(page, values);
  await followedByPage(page, () => page.locator(`#form-${command} button[type="submit"]`).first().click());
  await page.locator('.desk-notice').waitFor();
}

/** The complaints of a browser without those about a page that says by its status what was wrong. */
export function faultsIn(complaints: readonly string[]): readonly string[] {
  return complaints.filter((one) => !/status of 4\d\d/.test(one));
}

/** Reloads the page until it has an element that comes by itself. */
export async function followReload(page: Page, selector: string): Promise<void> {
  await eventually(
    async () => {
      await page.reload();
      return page.locator(selector).count();
    },
    { withinMs: 30_000, everyMs: 200, says: selector },
  );
}
