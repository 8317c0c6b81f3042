import { describe, expect, it } from '@jest/globals';
import { formatReport, quantiles, reportRows } from './report.ts';
import { endEntry, RunSheet } from './run-sheet.ts';

const sheetOfThree = (): RunSheet => {
  const sheet = new RunSheet();
  const base = {
    force: 'bedfordshire',
    unit: 'fleet',
    type: 'vehicle-repair',
    channel: 'kafka',
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

  it('finds a refused message by its id', () => {
    expect(
      sheetOfThree().find('bedfordshire', { messageId: 'message-3', forceReference: 'one' })?.reference,
    ).toBe('three');
  });

  it('ends an entry once, even if the event is repeated', () => {
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
  it('counts every entry by force and unit, and refusals by reason', () => {
    const sheet = sheetOfThree();
    const [one, , three] = sheet.entries;
    if (!one || !three) throw new Error('no entry');
    endEntry(one, 'answered');
    endEntry(three, 'refused', 'reference-conflict');
    const rows = reportRows(sheet.entries);
    expect(rows).toMatchObject([
      { submitted: 3, answered: 1, declined: 0, open: 1, refused: 1, reasons: { 'reference-conflict': 1 } },
    ]);
    expect(formatReport(rows, sheet.entries)).toContain('reference-conflict');
  });

  it('calculates quantiles by nearest rank', () => {
    expect(quantiles([])).toBeNull();
    expect(quantiles([5])).toEqual({ p50: 5, p99: 5 });
    expect(quantiles(Array.from({ length: 200 }, (_, index) => index + 1))).toEqual({ p50: 100, p99: 198 });
  });
});
