import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { faultsIn, fillIn, giveCommand, openForm, press } from './desk-steps.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTED = join(ROOT, 'docs/reference/screens');
const WIDTHS = [1440, 768, 360] as const;
type Width = (typeof WIDTHS)[number];
type Theme = 'light' | 'dark';
const HEIGHTS: Readonly<Record<Width, number>> = { 1440: 900, 768: 1024, 360: 780 };

interface Scene {
  readonly name: string;
  readonly person: string;
  /** Leads from the list to the page that the picture shows. */
  readonly go: (page: Page) => Promise<unknown>;
  /** The pictures of the documentation; without it, the scene is only looked at. */
  readonly documented?: readonly (readonly [Width, Theme])[];
}

/** With this directory, every scene is taken at three widths, light and dark, to be looked at. */
const LOOKED_AT = process.env['SCREENS_DIRECTORY'];
const directory = LOOKED_AT ?? DOCUMENTED;
let trial: DeskTrial;
let repair: Arrived;
let variation: Arrived;

const scenes: readonly Scene[] = [
  {
    name: 'my-units',
    person: 'every-unit.supervisor',
    go: (page) => page.goto('/work?who=all'),
    documented: [
      [1440, 'light'],
      [360, 'light'],
    ],
  },
  {
    name: 'request',
    person: 'fleet.caseworker',
    go: (page) => page.goto(`${repair.path}?who=all`),
    documented: [[1440, 'dark']],
  },
  {
    name: 'answer',
    person: 'fleet.caseworker',
    async go(page) {
      await page.goto(`${repair.path}?who=all`);
      if ((await page.locator('.actions a[href*="do=answer"]').count()) === 0) await press(page, 'Claim');
      await openForm(page, 'answer');
      await fillIn(page, { workDone: 'Replaced the near-side front tyre and checked the tracking.' });
    },
    documented: [
      [1440, 'light'],
      [360, 'dark'],
    ],
  },
  {
    name: 'decision',
    person: 'firearms-licensing.decision-maker',
    go: (page) => page.goto(`${variation.path}?who=all&state=awaiting-decision`),
    documented: [[1440, 'light']],
  },
  {
    name: 'search',
    person: 'every-unit.supervisor',
    go: (page) => page.goto('/search?q=station'),
    documented: [[768, 'light']],
  },
  { name: 'mine', person: 'fleet.caseworker', go: (page) => page.goto('/work') },
  { name: 'nothing', person: 'legal.caseworker-2', go: (page) => page.goto('/work') },
  {
    name: 'no-match',
    person: 'fleet.caseworker',
    go: (page) => page.goto('/work?who=all&state=withdrawn&group=overdue'),
  },
  { name: 'nothing-found', person: 'fleet.caseworker', go: (page) => page.goto('/search?q=zebra') },
  { name: 'finished', person: 'fleet.supervisor', go: (page) => page.goto('/work?who=all&state=answered') },
  { name: 'assign', person: 'fleet.supervisor', go: (page) => page.goto(`${repair.path}?do=assign`) },
  {
    name: 'confirm',
    person: 'firearms-licensing.decision-maker',
    go: (page) => page.goto(`${variation.path}?do=confirm`),
  },
  { name: 'crime', person: 'crime-recording.caseworker', go: openFirst },
  { name: 'estates', person: 'estates.caseworker', go: openFirst },
  { name: 'legal', person: 'legal.supervisor', go: openFirst },
  { name: 'texts', person: 'fleet.supervisor', go: (page) => page.goto('/texts') },
  { name: 'views', person: 'fleet.supervisor', go: saveAndList },
  { name: 'team', person: 'fleet.supervisor', go: (page) => page.goto('/team') },
  { name: 'quality', person: 'fleet.supervisor', go: (page) => page.goto('/quality') },
  { name: 'help', person: 'fleet.caseworker', go: (page) => page.goto('/help') },
  { name: 'accessibility', person: 'fleet.caseworker', go: (page) => page.goto('/accessibility') },
  { name: 'unknown', person: 'fleet.caseworker', go: (page) => page.goto('/requests/fleet/FLT-26-999999') },
  { name: 'operations', person: 'operations', go: (page) => page.goto('/work') },
];

beforeAll(async () => {
  trial = await DeskTrial.start();
  repair = await trial.submit({ type: 'vehicle-repair', payload: { vrm: newMark() } });
  variation = await trial.submit({ type: 'certificate-variation', force: trial.forces[0] });
  await claimAndPropose(variation);
  await saveTexts();
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}, 120_000);
afterAll(() => trial.stop());

/** The pictures of the desk in the documentation, from a running `npm start`: `npm run screens`. */
describe.each(scenes.filter(({ documented }) => LOOKED_AT !== undefined || documented))('$name', (scene) => {
  it('shows what it should, without complaint of the browser', async () => {
    const pictures =
      LOOKED_AT === undefined
        ? (scene.documented ?? [])
        : WIDTHS.flatMap((width) => [[width, 'light'] as const, [width, 'dark'] as const]);
    const { page, complaints } = await trial.as(scene.person);
    await scene.go(page);
    const tooWide: string[] = [];
    for (const [width, theme] of pictures) {
      await page.setViewportSize({ width, height: HEIGHTS[width] });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.screenshot({
        path: join(directory, `${scene.name}-${String(width)}-${theme}.png`),
        fullPage: LOOKED_AT !== undefined,
      });
      if (Number(await page.evaluate('document.documentElement.scrollWidth')) > width)
        tooWide.push(String(width));
    }
    await trial.closeVisits();
    expect(tooWide).toEqual([]);
    expect(faultsIn(complaints)).toEqual([]);
  }, 120_000);
});

async function claimAndPropose({ path }: Arrived): Promise<void> {
  const { page } = await trial.as('firearms-licensing.caseworker', { to: path });
  await press(page, 'Claim');
  await giveCommand(page, 'propose', {
    decision: 'refused',
    departsFromGuidance: 'no',
    reasons: 'The referee could not be reached, and the club has not confirmed the membership.',
  });
  await trial.closeVisits();
}

async function saveTexts(): Promise<void> {
  const { page } = await trial.as('fleet.supervisor', { to: '/texts' });
  for (const [title, text] of [
    ['Ready for collection', 'The vehicle of {{theirs}} is ready at the workshop.'],
    ['Waiting for a part', 'The part for {{reference}} is ordered.'],
  ] as const) {
    await page.locator('#title').fill(title);
    await page.locator('#text').fill(text);
    await press(page, 'Save the text');
  }
  await trial.closeVisits();
}

async function openFirst(page: Page): Promise<void> {
  await page.goto('/work?who=all&sort=newest');
  await page.locator('.row-title').first().click();
  await page.locator('.request-head').waitFor();
}

async function saveAndList(page: Page): Promise<void> {
  await page.goto('/work?who=all&state=held');
  await page.locator('.queue-tools summary').click();
  await page.locator('#view-name').fill('On hold, all forces');
  await press(page, 'Save');
  await page.goto('/views');
}
