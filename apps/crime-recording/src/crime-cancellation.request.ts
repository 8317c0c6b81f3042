import { OneOf, Text } from '#contracts';
import { inWords, keptIn, requestType } from '#unit';
import { crimeChangeRecords } from './crime-change.records.ts';
import { CRIME_REFERENCE_PATTERN, EXPECTED_CRIME_REFERENCE } from './crime-reference.ts';
import { serviceLevels } from './crime-recording.settings.ts';

export class CrimeCancellation {
  @Text({
    max: 40,
    pattern: CRIME_REFERENCE_PATTERN,
    expected: EXPECTED_CRIME_REFERENCE,
    title: 'Crime reference',
    searched: 'code',
  })
  crimeReference!: string;

  @OneOf(['recorded-in-error', 'additional-verifiable-information'], {
    title: 'Reason',
    help: 'A recorded crime can be cancelled for these two reasons only (Crime Recording General Rules).',
  })
  reason!: string;

  @Text({
    max: 4000,
    min: 20,
    personal: true,
    title: 'Explanation',
    help: 'Give the information that supports the reason, and where it can be verified.',
    correctable: 'until-decided',
    searched: 'words',
  })
  explanation!: string;

  @Text({
    max: 120,
    personal: true,
    title: 'Asked by',
    help: 'The officer or staff member of the owning force.',
    correctable: 'until-claimed',
  })
  requestedBy!: string;
}

export class CrimeCancellationAnswer {
  @OneOf(['cancelled', 'kept'], { title: 'Decision' })
  decision!: string;

  @OneOf(['force-crime-registrar', 'designated-decision-maker'], {
    title: 'Decided as',
    help: 'The Force Crime Registrar or a Designated Decision Maker of the owning force.',
  })
  decidedAs!: string;

  @Text({ max: 2000, title: 'Grounds' })
  grounds!: string;
}

export const crimeCancellation = requestType(CrimeCancellation, CrimeCancellationAnswer, {
  name: 'crime-cancellation',
  version: 1,
  title: 'Cancel a recorded crime',
  subject: ({ crimeReference, reason }) => [crimeReference, inWords(reason)],
  // Only the Force Crime Registrar and Designated Decision Makers of the owning force may decide this.
  decision: 'second-person-delegated',
  lawEnforcement: true,
  risk: 3,
  clocks: [
    {
      name: 'decide',
      title: 'Decide the cancellation',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('crime-cancellation.decide'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  records: keptIn(crimeChangeRecords, {
    payload: ({ crimeReference, reason }) => ({
      kind: 'cancellation' as const,
      crimeReference,
      ground: reason,
    }),
    answer: ({ decision, decidedAs }) => ({
      outcome: decision,
      leavesAs: decision === 'cancelled' ? ('cancelled' as const) : null,
      isSound: true,
      decidedAs,
    }),
  }),
  examples: [
    {
      payload: {
        crimeReference: '40/18211/2024',
        reason: 'recorded-in-error',
        explanation:
          'The same theft was recorded twice: the earlier record 40/18196/2024 has the same victim, place and time.',
        requestedBy: 'PC 0000 A. Example',
      },
      answer: {
        decision: 'cancelled',
        decidedAs: 'force-crime-registrar',
        grounds: 'Both records compared; the later one is a duplicate.',
      },
    },
    {
      payload: {
        crimeReference: '35/20977/2024',
        reason: 'additional-verifiable-information',
        explanation:
          'The owner found the bicycle in the works store; the store log shows it was moved by a colleague that morning.',
        requestedBy: 'DC 0000 B. Example',
      },
      answer: {
        decision: 'kept',
        decidedAs: 'designated-decision-maker',
        grounds: 'The store log names another bicycle; the crime stands.',
      },
    },
  ],
});
