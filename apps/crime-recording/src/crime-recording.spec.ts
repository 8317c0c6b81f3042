import { describe, expect, it } from '@jest/globals';
import { describeRequestTypes, dueOf, faultsOf, rulesBroken } from '#testing';
import { crimeCancellation } from './crime-cancellation.request.ts';
import unit from './crime-recording.unit.ts';
import { crimeReference } from './crime-reference.ts';
import { crimeReport } from './crime-report.request.ts';
import { offenceOf } from './offence-codes.ts';

describeRequestTypes(unit);

const unknownReceipt = { receiptUnknown: true, reportReceivedAt: undefined, incidentReference: undefined };

describe('a request about a crime', () => {
  it.each([
    [
      'no time of receipt and no mark that it is unknown',
      crimeReport,
      { reportReceivedAt: undefined },
      ['/payload/reportReceivedAt'],
    ],
    [
      'a time of receipt and the mark that it is unknown',
      crimeReport,
      { receiptUnknown: true },
      ['/payload/reportReceivedAt'],
    ],
    [
      'a date of receipt without a time',
      crimeReport,
      { reportReceivedAt: '2026-03-02' },
      ['/payload/reportReceivedAt'],
    ],
    [
      'a time of receipt in the future',
      crimeReport,
      { reportReceivedAt: '2199-01-01T00:00:00Z' },
      ['/payload/reportReceivedAt'],
    ],
    ['no incident log', crimeReport, { incidentReference: undefined }, ['/payload/incidentReference']],
    [
      'an incident that is not a crime',
      crimeReport,
      { crimeType: 'Anti-social behaviour' },
      ['/payload/crimeType'],
    ],
    [
      'an offence code that does not exist',
      crimeReport,
      { suggestedOffenceCode: '999/99' },
      ['/payload/suggestedOffenceCode'],
    ],
    [
      'the place-holder among the codes',
      crimeReport,
      { suggestedOffenceCode: '000/00' },
      ['/payload/suggestedOffenceCode'],
    ],
    [
      'an offence code in another format',
      crimeReport,
      { suggestedOffenceCode: '28/1' },
      ['/payload/suggestedOffenceCode'],
    ],
    [
      'no time and no month',
      crimeReport,
      { occurredFrom: undefined, occurredUntil: undefined },
      ['/payload/occurredMonth'],
    ],
    [
      'an end before the beginning',
      crimeReport,
      { occurredUntil: '2026-03-01T21:00:00Z' },
      ['/payload/occurredUntil'],
    ],
    ['a month in the future', crimeReport, { occurredMonth: '2199-12' }, ['/payload/occurredMonth']],
    [
      'an end in the future',
      crimeReport,
      { occurredUntil: '2199-01-01T00:00:00Z' },
      ['/payload/occurredUntil'],
    ],
    [
      'a beginning after the report',
      crimeReport,
      { occurredFrom: '2026-04-01T10:00:00Z', occurredUntil: undefined },
      ['/payload/occurredFrom'],
    ],
    ['a month that does not exist', crimeReport, { occurredMonth: '2018-13' }, ['/payload/occurredMonth']],
    ['one coordinate without the other', crimeReport, { latitude: undefined }, ['/payload/latitude']],
    ['coordinates off the globe', crimeReport, { latitude: 91 }, ['/payload/latitude']],
    ['a crime id that is not a hash', crimeReport, { publishedCrimeId: 'e1' }, ['/payload/publishedCrimeId']],
    ['an unknown reason to cancel', crimeCancellation, { reason: 'too-old' }, ['/payload/reason']],
  ])('is refused with %s', (_, type, change, pointers) => {
    expect([...new Set(faultsOf(type, change))]).toEqual(pointers);
  });

  it('is accepted from a published row with a month and a place, but no coordinates and no time of receipt', () => {
    const row = {
      ...unknownReceipt,
      occurredFrom: undefined,
      occurredUntil: undefined,
      occurredMonth: '2018-10',
      longitude: undefined,
      latitude: undefined,
    };
    expect(faultsOf(crimeReport, row)).toEqual([]);
    expect(rulesBroken(crimeReport, { ...row, reportReceivedAt: '2018-10-01T00:00:00Z' })).toEqual([
      'AnUnknownTimeOfReceiptIsNotGiven',
    ]);
  });
});

describe('the 24 hours of a report', () => {
  it('run from receipt by the force, however late it arrives here', () => {
    expect(dueOf(crimeReport, { reportReceivedAt: '2026-03-02T09:12:00Z' }, '2026-03-03T08:00:00Z')).toEqual({
      record: '2026-03-03T09:12:00.000Z',
    });
  });

  it('are 24 hours over both clock changes', () => {
    expect(dueOf(crimeReport, { reportReceivedAt: '2026-03-28T12:00:00Z' }, '2026-03-28T12:00:00Z')).toEqual({
      record: '2026-03-29T12:00:00.000Z',
    });
    expect(
      dueOf(crimeReport, { reportReceivedAt: '2026-10-24T12:00:00+01:00' }, '2026-10-24T12:00:00Z'),
    ).toEqual({
      record: '2026-10-25T11:00:00.000Z',
    });
  });

  it('run from arrival, under another name, when the time of receipt is unknown', () => {
    expect(dueOf(crimeReport, unknownReceipt, '2026-03-03T08:00:00Z')).toEqual({
      'record-from-arrival': '2026-03-04T08:00:00.000Z',
    });
    expect(crimeReport.clocks.find(({ name }) => name === 'record-from-arrival')?.title).toContain('unknown');
  });
});

describe('the offence codes', () => {
  it('are the published codes and no others', () => {
    expect(offenceOf('044/00')).toBe('Stealing pedal cycles');
    expect(offenceOf('999/99')).toBeNull();
    expect(offenceOf('000/00')).toBeNull();
    expect(offenceOf('constructor')).toBeNull();
  });
});

describe('a crime reference', () => {
  it('is the police force code, the serial and the year', () => {
    expect(crimeReference('bedfordshire', 123, 2026)).toBe('40/123/2026');
    expect(crimeReference('cambridgeshire', 1, 2026)).toBe('35/1/2026');
    expect(crimeReference('hertfordshire', 1, 2027)).toBe('41/1/2027');
  });

  it('has the slug of a force that has no code', () => {
    expect(crimeReference('testshire', 1, 2026)).toBe('testshire/1/2026');
  });
});
