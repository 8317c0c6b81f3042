import axe from 'axe-core';
import type { Page } from 'playwright-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** In the other theme only colours differ. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 360, height: 780 };
/** 1280 by 1024 pixels at 400 %. */
export const ZOOMED = { width: 320, height: 256 };

/** Names in the browser the elements that are wider than the window, if it scrolls sideways. */
const TOO_WIDE = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return '';
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
  );
  return wide.slice(-5).map((element) => element.cloneNode().outerHTML).join(' ') + ' by ' + (scrollWidth - clientWidth);
})()`;

/**
 * Examines the page as it is, in both themes and at each width. Returns every fault in words. It runs axe in
 * the page directly, because the report of the builder for Playwright takes longer than the rules.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(axe.source);
  const examine = async (how: string, runOnly: axe.RunOnly): Promise<void> => {
    const options: axe.RunOptions = { runOnly, resultTypes: ['violations'] };
    const { violations } = await page.evaluate<Pick<axe.AxeResults, 'violations'>>(
      `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => ({ violations }))`,
    );
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
    await examine(`light, ${name}`, { type: 'tag', values: LEVELS });
    await page.emulateMedia({ colorScheme: 'dark' });
    await examine(`dark, ${name}`, { type: 'rule', values: OF_COLOURS });
  }
  await page.setViewportSize(ZOOMED);
  await overflow('320 px');
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}
