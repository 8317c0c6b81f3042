import { describe, expect, it } from '@jest/globals';
import { printed, quantiles, reportRows } from './report.ts';
import { endEntry, RunSheet } from './run-sheet.ts';

const sheetOfThree = (): RunSheet => {
  const sheet = new RunSheet();
  const base = {
    force: 'bedfordshire',
    unit: 'fleet',
    type: 'vehicle-repair',
    door: 'kafka',
    mustBeRefused: false,
  } as const;
  sheet.begin({ ...base, reference: 'one' }, 'message-1');
  sheet.begin({ ...base, reference: 'two' }, 'message-2');
  sheet.begin({ ...base, reference: 'three', mustBeRefused: true }, 'message-3');
  return sheet;
};

describe('a run sheet', () => {
  it('finds an entry by the force’s own reference, then by the id that came with it', () => {
    const sheet = sheetOfThree();
    const entry = sheet.find('bedfordshire', { requestId: 'r1', forceReference: 'one' });
    expect(entry?.reference).toBe('one');
    expect(sheet.find('bedfordshire', { requestId: 'r1' })).toBe(entry);
    expect(sheet.find('hertfordshire', { requestId: 'r2', forceReference: 'one' })).toBeUndefined();
  });

  it('finds what was refused by its message', () => {
    expect(
      sheetOfThree().find('bedfordshire', { messageId: 'message-3', forceReference: 'one' })?.reference,
    ).toBe('three');
  });

  it('ends an entry once, however often the event comes', () => {
    const sheet = sheetOfThree();
    const [one] = sheet.entries;
    if (!one) throw new Error('no entry');
    endEntry(one, 'answered');
    endEntry(one, 'declined');
    expect(one.end).toBe('answered');
    expect(sheet.unfinished).toBe(2);
  });
});

describe('the report', () => {
  it('accounts for every entry by force and unit, refusals with their reasons', () => {
    const sheet = sheetOfThree();
    const [one, , three] = sheet.entries;
    if (!one || !three) throw new Error('no entry');
    endEntry(one, 'answered');
    endEntry(three, 'refused', 'reference-conflict');
    const rows = reportRows(sheet.entries);
    expect(rows).toMatchObject([
      { submitted: 3, answered: 1, declined: 0, open: 1, refused: 1, reasons: { 'reference-conflict': 1 } },
    ]);
    expect(printed(rows, sheet.entries)).toContain('reference-conflict');
  });

  it('takes quantiles by nearest rank', () => {
    expect(quantiles([])).toBeNull();
    expect(quantiles([5])).toEqual({ p50: 5, p99: 5 });
    expect(quantiles(Array.from({ length: 200 }, (_, index) => index + 1))).toEqual({ p50: 100, p99: 198 });
  });
});
