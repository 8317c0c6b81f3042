import { describe, expect, it } from '@jest/globals';
import { PayloadCheck } from '#contracts';
import { loadUnitDefinitions } from '#unit';
import { crimeReportOf } from './crime-report.ts';
import { cellsIn, cellsOf } from './csv-lines.ts';
import { COLUMNS, readHeader } from './street-row.ts';

const rowOf = (line: string) => readHeader(COLUMNS)(cellsOf(line, COLUMNS.length));
const ID = 'a'.repeat(64);

/** Rows in the form of data.police.uk's street-level files, written for this test, one per special case. */
const ROWS = {
  whole: `${ID},2018-10,Bedfordshire Police,Bedfordshire Police,-0.761078,51.925770,On or near Example Close,E01017716,Exampleton 006D,Burglary,Unable to prosecute suspect,`,
  nowhere: `${ID},2018-11,Hertfordshire Constabulary,Hertfordshire Constabulary,,,No Location,,,Drugs,Offender fined,`,
  elsewhere: `${ID},2018-12,Cambridgeshire Constabulary,Hertfordshire Constabulary,0.123407,51.450367,On or near Example Road,E01000390,Otherton 020F,Other crime,,`,
  quoted: `${ID},2018-12,Bedfordshire Police,Bedfordshire Police,-0.5,51.9,"On or near ""The Crown"", Mill Lane",E01017657,Exampleton 009C,Robbery,,`,
};

describe('a file that a spreadsheet saved with other separators', () => {
  it.each([';', '\t'])('is refused with what to do, with or without quoted cells (%j)', (separator) => {
    const quoted = COLUMNS.map((name) => `"${name}"`);
    for (const names of [COLUMNS, quoted]) {
      expect(() => readHeader(cellsIn(names.join(separator)))).toThrow(
        'separated by semicolons or tabs: save it as CSV with commas',
      );
    }
  });
});

describe('a street-level row as a crime report', () => {
  it('marks the time of receipt as unknown, and has a month instead of a day', () => {
    expect(crimeReportOf(rowOf(ROWS.whole))).toEqual({
      receiptUnknown: true,
      crimeType: 'Burglary',
      occurredMonth: '2018-10',
      location: 'On or near Example Close',
      longitude: -0.761078,
      latitude: 51.92577,
      lsoaCode: 'E01017716',
      lsoaName: 'Exampleton 006D',
      fallsWithin: 'Bedfordshire Police',
      outcomeCategory: 'Unable to prosecute suspect',
      publishedCrimeId: ID,
    });
  });

  it('leaves out coordinates and area that were not published', () => {
    const report = crimeReportOf(rowOf(ROWS.nowhere));
    expect(Object.keys(report)).not.toEqual(expect.arrayContaining(['longitude']));
    expect(report).toMatchObject({ location: 'No Location', crimeType: 'Drugs' });
    expect(report).not.toHaveProperty('lsoaCode');
  });

  it('keeps the force in whose area it happened beside the force that reported it', () => {
    expect(crimeReportOf(rowOf(ROWS.elsewhere))).toMatchObject({ fallsWithin: 'Hertfordshire Constabulary' });
  });

  it('reads quoted cells', () => {
    expect(crimeReportOf(rowOf(ROWS.quoted))).toMatchObject({
      location: 'On or near "The Crown", Mill Lane',
    });
  });

  it('is valid for crime-report with every kind of row', async () => {
    const [unit] = await loadUnitDefinitions(['crime-recording']);
    const type = unit?.requestTypes.find(({ name }) => name === 'crime-report');
    if (!type) throw new Error('crime-recording has no crime-report');
    const check = new PayloadCheck(type.payload);
    for (const line of Object.values(ROWS)) {
      const payload = crimeReportOf(rowOf(line));
      expect(check.faults(payload)).toEqual([]);
      expect((type.rules ?? []).filter((rule) => !rule.holds(payload))).toEqual([]);
    }
  });
});
