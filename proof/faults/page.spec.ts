import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, type Fault } from './catalogue.ts';
import { INJECTIONS } from './injections.ts';
import { applyMutant, MUTANTS } from './mutants.ts';
import { isGreen, type Outcome, type Outcomes } from './outcome.ts';
import { renderFaultsPage } from './page.ts';

const clean = { lost: [], unexpected: [], duplicate: [], outOfOrder: [], leaked: [], uncounted: [] };
const green: Outcome = {
  row: 3,
  seed: 7,
  submitted: 5,
  ok: 5,
  resent: 1,
  found: clean,
  seconds: 2,
  seen: 'REST accepted 4',
};
const fault: Fault = { row: 3, fault: 'broker restarted', how: 'SIGTERM' };

describe('an outcome', () => {
  it.each([
    ['a request is lost', { ...green, found: { ...clean, lost: ['a-1 is missing'] } }],
    ['not every request was answered once', { ...green, ok: 4 }],
    ['the system broke a promise during the fault', { ...green, broke: 'REST accepted nothing' }],
  ])('is not green when %s', (_, outcome) => {
    expect(isGreen(green)).toBe(true);
    expect(isGreen(outcome)).toBe(false);
  });
});

describe('the faults page', () => {
  const lineOf = (rows: Outcomes['rows']): string =>
    renderFaultsPage([fault], [], { rows, mutants: {} })
      .split('\n')
      .find((line) => line.startsWith('| 3')) ?? '';

  it('distinguishes rows that passed, failed, never ran and were skipped', () => {
    expect(lineOf({ 3: green })).toBe(
      '| 3 | broker restarted | SIGTERM | yes | 5 | 0 | 0 | 0 | 0 | 2.0 s | REST accepted 4 | 7 |',
    );
    expect(lineOf({ 3: { ...green, found: { ...clean, lost: ['x', 'y'] } } })).toContain(
      '| **no** | 5 | 2 |',
    );
    expect(lineOf({})).toContain('| not run |');
    expect(lineOf({ 3: { row: 3, skipped: 'no network' } })).toContain('| skipped: no network |');
  });
});

describe('the catalogue', () => {
  it('has exactly one injection for each row', () => {
    expect(FAULTS.map(({ row }) => row)).toEqual(Object.keys(INJECTIONS).map(Number));
  });
});

describe('a mutant', () => {
  it('is refused when the built file does not contain the text to replace', () => {
    const [mutant] = MUTANTS as [(typeof MUTANTS)[number]];
    const build = mkdtempSync(join(tmpdir(), 'concordat-mutant-'));
    const file = join(build, mutant.file);
    try {
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, 'something else');
      expect(() => applyMutant(mutant, build)).toThrow('does not fit');
      writeFileSync(file, mutant.replace.map(([before]) => before).join('\n'));
      applyMutant(mutant, build);
      expect(readFileSync(file, 'utf8')).toBe(mutant.replace.map(([, after]) => after).join('\n'));
    } finally {
      rmSync(build, { recursive: true, force: true });
    }
  });
});
