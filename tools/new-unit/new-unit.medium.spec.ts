import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeUnit } from '#testing';
import type { UnitDefinition } from '#unit';
import { readArguments, withUnit, writeUnit } from './new-unit.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CATALOGUE = readFileSync(join(ROOT, 'deploy/catalogue.json'), 'utf8');

// The folder is inside the repository, so that #unit resolves as it does for any other unit.
mkdirSync(join(ROOT, '.data/tmp'), { recursive: true });
const apps = mkdtempSync(join(ROOT, '.data/tmp/apps-'));
const sixth = readArguments(['hazard-signs', 'HAZ', "The force's hazard signs", 'F10']);
writeUnit(sixth, apps);
const { default: unit } = (await import(
  pathToFileURL(join(apps, 'hazard-signs/src/hazard-signs.unit.ts')).href
)) as {
  default: UnitDefinition;
};
afterAll(() => rmSync(apps, { recursive: true, force: true }));

describe('a generated sixth unit', () => {
  describeUnit(unit);

  it('is entered at its function in the catalogue, and nothing else changes', () => {
    const before = JSON.parse(CATALOGUE) as { functions: { id: string; unit?: string }[] };
    const free = before.functions.filter((one) => one.unit === undefined);
    for (const { id } of free) {
      const after = JSON.parse(withUnit(CATALOGUE, { ...sixth, functionId: id })) as typeof before;
      expect(after).toEqual({
        ...before,
        functions: before.functions.map((one) => (one.id === id ? { ...one, unit: sixth.slug } : one)),
      });
    }
    expect(free.length).toBeGreaterThan(0);
  });

  it('is refused for a function that has a unit, and for a function that does not exist', () => {
    expect(() => withUnit(CATALOGUE, { ...sixth, functionId: 'F2' })).toThrow('belongs to the unit fleet');
    expect(() => withUnit(CATALOGUE, { ...sixth, functionId: 'F99' })).toThrow('no function F99');
    expect(() => writeUnit(sixth, apps)).toThrow('exists already');
  });

  it.each([
    [['Hazard', 'HAZ', 'Hazards', 'F10'], 'kebab-case'],
    [['hazard', 'hz', 'Hazards', 'F10'], 'three capital letters'],
    [['hazard', 'HAZ', '', 'F10'], 'title'],
    [['hazard', 'HAZ', 'Hazards', 'N2'], 'never shared'],
    [['hazard', 'HAZ', 'Hazards', 'X'], 'F1 to F21'],
  ])('is refused for %j', (words, reason) => {
    expect(() => readArguments(words)).toThrow(reason);
  });
});
