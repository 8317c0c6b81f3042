import { CivilDate, OneOf, Text } from '#contracts';
import { keptIn, neededWhen, refusedWhen, requestType } from '#unit';
import { crimeChangeRecords } from './crime-change.records.ts';
import { CRIME_REFERENCE_PATTERN, EXPECTED_CRIME_REFERENCE } from './crime-reference.ts';
import { serviceLevels } from './crime-recording.settings.ts';

export class CrimeTransfer {
  @Text({
    max: 40,
    pattern: CRIME_REFERENCE_PATTERN,
    expected: EXPECTED_CRIME_REFERENCE,
    title: 'Crime reference',
    searched: 'code',
  })
  crimeReference!: string;

  @Text({ max: 80, title: 'Receiving force', help: 'A force of this alliance or any other force.' })
  receivingForce!: string;

  @OneOf(['committed-in-receiving-force', 'recorded-by-wrong-force'], { title: 'Why it belongs there' })
  ground!: string;

  @Text({ max: 200, title: 'Where it was committed', correctable: 'until-claimed', searched: 'words' })
  location!: string;

  @Text({
    max: 2000,
    personal: true,
    title: 'What the receiving force needs to know',
    correctable: 'until-decided',
    searched: 'words',
  })
  handover!: string;
}

export class CrimeTransferAnswer {
  @OneOf(['accepted', 'refused'], { title: 'Decision of the receiving force' })
  decision!: string;

  @Text({
    max: 40,
    optional: true,
    title: "Receiver's crime reference",
    help: 'Needed when accepted.',
    searched: 'code',
  })
  receiverReference?: string;

  @CivilDate({ optional: true, past: true, title: 'Accepted on' })
  acceptedOn?: string;

  @Text({ max: 2000, optional: true, title: 'Reasons', help: 'Needed when refused.' })
  reasons?: string;
}

const ANSWER_RULES = [
  neededWhen<CrimeTransferAnswer>('ReasonsNeeded', 'reasons', 'Give the reasons of the receiving force', {
    field: 'decision',
    is: 'refused',
  }),
  neededWhen<CrimeTransferAnswer>(
    'ReceiverReferenceNeeded',
    'receiverReference',
    'Give the crime reference of the receiving force. Without it the record stays with the sending force',
    { field: 'decision', is: 'accepted' },
  ),
  refusedWhen<CrimeTransferAnswer>(
    'ARefusalHasNoReceiverReference',
    'receiverReference',
    'Leave the reference of the receiving force out, because it refuses',
    { field: 'decision', is: 'refused' },
  ),
  refusedWhen<CrimeTransferAnswer>(
    'ARefusalHasNoDayOfAcceptance',
    'acceptedOn',
    'Leave the day of acceptance out, because the receiving force refuses',
    { field: 'decision', is: 'refused' },
  ),
];

export const crimeTransfer = requestType(CrimeTransfer, CrimeTransferAnswer, {
  name: 'crime-transfer',
  version: 1,
  title: 'Transfer a crime to another force',
  subject: ({ crimeReference, receivingForce }) => [crimeReference, `to ${receivingForce}`],
  decision: 'one-person',
  lawEnforcement: true,
  risk: 3,
  clocks: [
    {
      name: 'settle',
      title: 'Settle with the receiving force',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('crime-transfer.settle'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  answerRules: ANSWER_RULES,
  records: keptIn(crimeChangeRecords, {
    payload: ({ crimeReference, ground, receivingForce }) => ({
      kind: 'transfer' as const,
      crimeReference,
      ground,
      receivingForce,
    }),
    answer: (answer) => ({
      outcome: answer.decision,
      leavesAs: answer.decision === 'accepted' ? ('transferred' as const) : null,
      isSound: ANSWER_RULES.every((rule) => rule.holds(answer)),
      receiverReference: answer.receiverReference,
    }),
  }),
  examples: [
    {
      payload: {
        crimeReference: '41/30455/2024',
        receivingForce: 'Exampleshire Police',
        ground: 'committed-in-receiving-force',
        location: 'Lay-by on the far side of the county boundary',
        handover:
          'The victim noticed the missing tools at home; dashcam footage places the theft at the lay-by.',
      },
      answer: { decision: 'accepted', receiverReference: 'EX/2211/24', acceptedOn: '2026-03-05' },
    },
    {
      payload: {
        crimeReference: '40/17003/2024',
        receivingForce: 'Hertfordshire Constabulary',
        ground: 'recorded-by-wrong-force',
        location: 'Station forecourt',
        handover:
          'Reported by telephone to the wrong control room; all enquiries so far are attached to the incident log.',
      },
      answer: { decision: 'refused', reasons: 'The forecourt lies on the sending side of the boundary.' },
    },
  ],
});
