import { CivilMonth, Decimal, Instant, OneOf, Text, Whole, YesNo, type FieldError } from '#contracts';
import { answerFault, keptIn, neededWhen, refusedWhen, requestType } from '#unit';
import { crimeRecords } from './crime.records.ts';
import { OFFENCE_CODE_PATTERN, offenceOf } from './offence-codes.ts';

/**
 * The crime categories of data.police.uk. Anti-social behaviour is missing on purpose: those rows are
 * incidents, not crimes.
 */
export const CRIME_TYPES = [
  'Bicycle theft',
  'Burglary',
  'Criminal damage and arson',
  'Drugs',
  'Other crime',
  'Other theft',
  'Possession of weapons',
  'Public order',
  'Robbery',
  'Shoplifting',
  'Theft from the person',
  'Vehicle crime',
  'Violence and sexual offences',
] as const;

/**
 * Policy of this unit: of the reports that are due at the same time, those with the highest risk come first.
 * No scale was published.
 */
const RISK: Readonly<Record<string, number>> = {
  'Violence and sexual offences': 7,
  Robbery: 6,
  'Possession of weapons': 6,
  Burglary: 5,
  'Theft from the person': 4,
};
const RISK_OTHERWISE = 2;
const RISK_WITH_ENHANCED_RIGHTS = 8;

export class CrimeReport {
  @Instant({
    optional: true,
    past: true,
    title: 'Report received by the force',
    help: 'When the force received the report at the first contact of any kind. The 24 hours run from this time, not from the arrival of this request.',
  })
  reportReceivedAt?: string;

  @YesNo({
    optional: true,
    title: 'Time of receipt unknown',
    help: 'True if the time of receipt was not kept, as in published data. Do not invent a time.',
  })
  receiptUnknown?: boolean;

  @Text({
    max: 40,
    optional: true,
    title: 'Incident log reference',
    help: 'The force logs every report as an incident first.',
    correctable: 'until-decided',
    searched: 'code',
  })
  incidentReference?: string;

  @OneOf(CRIME_TYPES, { title: 'Crime type' })
  crimeType!: string;

  @Text({
    max: 6,
    pattern: OFFENCE_CODE_PATTERN,
    expected: 'a Home Office class and subclass, such as 028/03',
    optional: true,
    title: 'Suggested offence code',
    help: 'Home Office class/subclass, such as 028/03.',
    correctable: 'until-claimed',
  })
  suggestedOffenceCode?: string;

  @Instant({
    optional: true,
    past: true,
    notAfter: 'reportReceivedAt',
    title: 'Happened from',
    correctable: 'until-claimed',
  })
  occurredFrom?: string;

  @Instant({
    optional: true,
    past: true,
    notBefore: 'occurredFrom',
    title: 'Happened until',
    correctable: 'until-claimed',
  })
  occurredUntil?: string;

  @CivilMonth({
    optional: true,
    past: true,
    notAfter: 'reportReceivedAt',
    title: 'Month in which it happened',
    help: 'Give this if only the month is known, such as 2018-10.',
    correctable: 'until-claimed',
  })
  occurredMonth?: string;

  @Text({ max: 200, title: 'Location', correctable: 'until-decided', searched: 'words' })
  location!: string;

  @Decimal({ min: -180, max: 180, optional: true, title: 'Longitude', correctable: 'until-claimed' })
  longitude?: number;

  @Decimal({ min: -90, max: 90, optional: true, title: 'Latitude', correctable: 'until-claimed' })
  latitude?: number;

  @Text({
    max: 9,
    pattern: '^[EWSN]\\d{8}$',
    expected: 'the code of a lower layer super output area, such as E01000001',
    optional: true,
    title: 'LSOA code',
  })
  lsoaCode?: string;

  @Text({ max: 80, optional: true, title: 'LSOA name' })
  lsoaName?: string;

  @Text({
    max: 80,
    optional: true,
    title: 'Force in whose area it happened',
    help: 'As published. The record belongs to the force that recorded it, which may be another force.',
  })
  fallsWithin?: string;

  @Text({
    max: 4000,
    optional: true,
    personal: true,
    title: 'What was reported',
    correctable: 'until-decided',
    searched: 'words',
  })
  summary?: string;

  @Text({
    max: 120,
    optional: true,
    personal: true,
    title: 'Victim',
    help: 'The victim may also be a business or the Crown.',
    correctable: 'until-decided',
  })
  victimName?: string;

  @YesNo({
    optional: true,
    title: 'Victim has enhanced rights',
    help: "Victims' Code: the victim hears of key decisions within 1 working day instead of 5.",
  })
  victimHasEnhancedRights?: boolean;

  @Whole({ min: 1, max: 99, optional: true, title: 'Number of victims', correctable: 'until-decided' })
  victims?: number;

  @Text({ max: 100, optional: true, title: 'Outcome category', help: 'As published, for imported rows.' })
  outcomeCategory?: string;

  @Text({
    max: 64,
    pattern: '^[0-9a-f]{64}$',
    expected:
      'the id of a published row, such as e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    optional: true,
    title: 'Published crime id',
    searched: 'code',
  })
  publishedCrimeId?: string;
}

export class CrimeReportAnswer {
  @OneOf(['recorded', 'not-a-crime'], { title: 'Decision' })
  decision!: string;

  @Text({
    max: 6,
    pattern: OFFENCE_CODE_PATTERN,
    expected: 'a Home Office class and subclass, such as 028/03',
    optional: true,
    title: 'Offence code',
    help: 'Home Office class/subclass of the principal crime. Needed when recorded.',
  })
  offenceCode?: string;

  @Text({ max: 2000, optional: true, title: 'Reasons', help: 'Needed when it is not a crime.' })
  reasons?: string;
}

const RULES_24_HOURS =
  'Home Office Crime Recording General Rules: recorded at the latest 24 hours from receipt of the report by the force';

export const crimeReport = requestType(CrimeReport, CrimeReportAnswer, {
  name: 'crime-report',
  version: 1,
  title: 'Record a reported crime',
  subject: ({ crimeType, incidentReference }) => [crimeType, incidentReference],
  decision: 'one-person',
  lawEnforcement: true,
  risk: ({ victimHasEnhancedRights, crimeType }) =>
    victimHasEnhancedRights ? RISK_WITH_ENHANCED_RIGHTS : (RISK[crimeType] ?? RISK_OTHERWISE),
  clocks: [
    {
      name: 'record',
      title: 'Record within 24 hours of the report',
      kind: 'elapsed-hours',
      amount: ({ receiptUnknown }) => (receiptUnknown ? null : 24),
      startsFrom: 'reportReceivedAt',
      pausable: false,
      metBy: 'answered',
      source: RULES_24_HOURS,
    },
    // Without a time of receipt the 24 hours cannot be measured as the rules mean them. This clock counts
    // from arrival at intake, the earliest time that is known. It has another name, so that nobody adds up
    // the two.
    {
      name: 'record-from-arrival',
      title: 'Record within 24 hours of arrival here (the time of receipt by the force is unknown)',
      kind: 'elapsed-hours',
      amount: ({ receiptUnknown }) => (receiptUnknown ? 24 : null),
      pausable: false,
      metBy: 'answered',
      source: `${RULES_24_HOURS}; counted from arrival because the time of receipt is unknown`,
    },
  ],
  rules: [
    neededWhen(
      'AReportSaysWhenItWasReceivedOrThatThisIsUnknown',
      'reportReceivedAt',
      'Give the time at which the force received the report, or set receiptUnknown to true',
      { field: 'receiptUnknown', isNot: true },
    ),
    refusedWhen(
      'AnUnknownTimeOfReceiptIsNotGiven',
      'reportReceivedAt',
      'Leave reportReceivedAt out, because receiptUnknown is true',
      {
        field: 'receiptUnknown',
        is: true,
      },
    ),
    neededWhen(
      'AReportIsIncidentLogged',
      'incidentReference',
      'Give the reference of the incident log: every report has one',
      {
        field: 'receiptUnknown',
        isNot: true,
      },
    ),
    neededWhen(
      'ACrimeHappenedInSomeMonth',
      'occurredMonth',
      'Give occurredFrom, or occurredMonth if only the month is known',
      { field: 'occurredFrom', given: false },
    ),
    neededWhen('LongitudeComesWithLatitude', 'latitude', 'Give both coordinates or neither', {
      field: 'longitude',
      given: true,
    }),
    neededWhen('LatitudeComesWithLongitude', 'longitude', 'Give both coordinates or neither', {
      field: 'latitude',
      given: true,
    }),
    {
      code: 'ASuggestedOffenceExists',
      pointer: '/suggestedOffenceCode',
      detail: 'This Home Office offence code does not exist. Give another one or leave it out',
      holds: ({ suggestedOffenceCode: code }) => code === undefined || offenceOf(code) !== null,
    },
  ],
  answerRules: [
    neededWhen('OffenceCodeNeeded', 'offenceCode', 'Give the offence code of the recorded crime', {
      field: 'decision',
      is: 'recorded',
    }),
    refusedWhen(
      'NoCrimeHasNoOffence',
      'offenceCode',
      'Leave the offence code out, because this is not a crime',
      { field: 'decision', is: 'not-a-crime' },
    ),
    neededWhen('ReasonsNeeded', 'reasons', 'Give the reasons why this is not a crime', {
      field: 'decision',
      is: 'not-a-crime',
    }),
  ],
  answerFaults: faultsOfReport,
  records: keptIn(crimeRecords, {
    payload: ({ crimeType, reportReceivedAt }) => ({ crimeType, reportReceivedAt }),
    answer: ({ decision, offenceCode }) => ({
      offenceCode: decision === 'recorded' ? offenceCode : undefined,
    }),
  }),
  examples: [
    {
      payload: {
        reportReceivedAt: '2026-03-02T09:12:00Z',
        incidentReference: 'INC-20260302-0141',
        crimeType: 'Burglary',
        suggestedOffenceCode: '030/02',
        occurredFrom: '2026-03-01T22:00:00Z',
        occurredUntil: '2026-03-02T06:30:00Z',
        location: 'Mill Lane, rear of the parade of shops',
        longitude: -0.4198,
        latitude: 51.8787,
        summary: 'Rear door forced overnight; a till drawer and two tablets taken.',
        victimName: 'Orchard Bakery (invented)',
        victims: 1,
      },
      answer: { decision: 'recorded', offenceCode: '030/02' },
    },
    {
      payload: {
        reportReceivedAt: '2026-03-02T23:40:00Z',
        incidentReference: 'INC-20260302-0877',
        crimeType: 'Violence and sexual offences',
        occurredFrom: '2026-03-02T23:15:00Z',
        location: 'Riverside car park, level 2',
        summary: 'Caller says a stranger pushed him against a wall and struck him once.',
        victimName: 'Sam Example',
        victimHasEnhancedRights: true,
        victims: 1,
      },
      answer: { decision: 'recorded', offenceCode: '105/01' },
    },
    {
      payload: {
        receiptUnknown: true,
        crimeType: 'Bicycle theft',
        occurredMonth: '2018-10',
        location: 'On or near Example Close',
        lsoaCode: 'E01000001',
        lsoaName: 'Exampleton 001A',
        outcomeCategory: 'Investigation complete; no suspect identified',
        publishedCrimeId: '00000000000000000000000000000000000000000000000000000000000000e1',
      },
      answer: { decision: 'recorded', offenceCode: '044/00' },
    },
    {
      payload: {
        reportReceivedAt: '2026-03-03T14:05:00Z',
        incidentReference: 'INC-20260303-0512',
        crimeType: 'Other theft',
        occurredMonth: '2026-02',
        location: 'Invented Retail Park',
        summary: 'A parcel was thought stolen from a doorstep.',
      },
      answer: {
        decision: 'not-a-crime',
        reasons:
          'The parcel had been taken in by a neighbour: additional verifiable information shows no crime.',
      },
    },
  ],
});

/** An offence code that the Home Office does not have. The rules say when a code is needed. */
function faultsOfReport({ offenceCode }: CrimeReportAnswer): FieldError[] {
  if (offenceCode === undefined || offenceOf(offenceCode)) return [];
  const detail = `The Home Office offence code ${offenceCode} does not exist. Give another one`;
  return [answerFault<CrimeReportAnswer>('offenceCode', 'NoSuchOffence', detail)];
}
