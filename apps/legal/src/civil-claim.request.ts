import { CivilDate, OneOf, Text, Whole } from '#contracts';
import { inWords, keptIn, refusedWhen, requestType } from '#unit';
import { serviceLevels } from './legal.settings.ts';
import { limitationOf } from './limitation.ts';
import { matterRecords } from './matter.records.ts';

/** A thousand million pounds, in pence. No claim is larger. */
const AMOUNT_MAX_PENCE = 100_000_000_000;

export const CLAIM_KINDS = [
  'personal-injury',
  'false-imprisonment',
  'property-damage',
  'data-protection',
  'negligence',
  'other',
] as const;

export class CivilClaim {
  @OneOf(CLAIM_KINDS, { title: 'Kind of claim' })
  kind!: string;

  @OneOf(['letter', 'road-traffic-portal', 'employers-liability-portal', 'public-liability-portal'], {
    title: 'How the claim arrived',
  })
  channel!: string;

  @CivilDate({
    past: true,
    notBefore: 'incidentOn',
    title: 'Claim received by the force on',
    help: 'The time limits run from this day, not from the day on which this request arrives.',
  })
  claimReceivedOn!: string;

  @CivilDate({
    optional: true,
    past: true,
    notBefore: 'claimReceivedOn',
    title: 'Acknowledged on',
    help: 'Give this day if the force has already acknowledged the claim.',
  })
  acknowledgedOn?: string;

  @CivilDate({
    past: true,
    title: 'Date of the incident',
    help: 'The limitation period is counted from this day.',
  })
  incidentOn!: string;

  @Text({ max: 120, personal: true, title: 'Claimant', correctable: 'until-claimed', searched: 'words' })
  claimant!: string;

  @Text({
    max: 120,
    optional: true,
    title: "Claimant's representative",
    correctable: 'until-decided',
    searched: 'words',
  })
  representative?: string;

  @Whole({
    min: 0,
    max: AMOUNT_MAX_PENCE,
    optional: true,
    title: 'Amount claimed in pence',
    correctable: 'until-decided',
  })
  amountClaimedPence?: number;

  @Text({
    max: 4000,
    personal: true,
    title: 'What is alleged',
    correctable: 'until-decided',
    searched: 'words',
  })
  allegation!: string;
}

export class CivilClaimAnswer {
  @OneOf(['liability-admitted', 'liability-denied', 'settled', 'withdrawn'], { title: 'Position' })
  position!: string;

  @CivilDate({ optional: true, past: true, title: 'Acknowledged on' })
  acknowledgedOn?: string;

  @Whole({ min: 0, max: AMOUNT_MAX_PENCE, optional: true, title: 'Settlement in pence' })
  settlementPence?: number;

  @Text({ max: 4000, title: 'Reasons' })
  reasons!: string;
}

const PROTOCOL =
  'Pre-Action Protocol for Personal Injury Claims: acknowledge in 21 days, then three months to investigate; kept for every letter of claim';
const isLetter = ({ channel }: CivilClaim): boolean => channel === 'letter';

export const civilClaim = requestType(CivilClaim, CivilClaimAnswer, {
  name: 'civil-claim',
  version: 1,
  title: 'Handle a civil claim against the force',
  subject: ({ claimant, kind }) => [claimant, inWords(kind)],
  decision: 'one-person',
  lawEnforcement: false,
  risk: ({ kind }) => (kind === 'personal-injury' || kind === 'false-imprisonment' ? 5 : 3),
  clocks: [
    {
      name: 'acknowledge',
      title: 'Acknowledge within 21 days of the letter',
      kind: 'calendar-days',
      amount: (payload) => (isLetter(payload) && payload.acknowledgedOn === undefined ? 21 : null),
      startsFrom: 'claimReceivedOn',
      pausable: false,
      // The letter to the claimant meets this clock. A member of staff who claims the request does not.
      metBy: { milestone: 'acknowledged' },
      source: PROTOCOL,
    },
    {
      name: 'investigate',
      title: 'Investigate within three months of the acknowledgment',
      kind: 'calendar-months',
      amount: (payload) => (isLetter(payload) && payload.acknowledgedOn !== undefined ? 3 : null),
      startsFrom: 'acknowledgedOn',
      pausable: false,
      metBy: 'answered',
      source: PROTOCOL,
    },
    // The three months begin with an acknowledgment that has not been sent yet. Counted from the letter they
    // end at the earliest possible day, so work that keeps to this clock is never late.
    {
      name: 'investigate-at-the-earliest',
      title: 'Investigate within three months (counted from the letter until it is acknowledged)',
      kind: 'calendar-months',
      amount: (payload) => (isLetter(payload) && payload.acknowledgedOn === undefined ? 3 : null),
      startsFrom: 'claimReceivedOn',
      pausable: false,
      metBy: 'answered',
      source: PROTOCOL,
    },
    {
      name: 'road-traffic-portal',
      title: 'Answer in the road-traffic portal within 15 business days',
      kind: 'working-days',
      amount: ({ channel }) => (channel === 'road-traffic-portal' ? 15 : null),
      startsFrom: 'claimReceivedOn',
      pausable: false,
      metBy: 'answered',
      source:
        'Pre-Action Protocol for Low Value Personal Injury Claims in Road Traffic Accidents: 15 business days',
    },
    {
      name: 'liability-portal',
      title: "Answer in the employers' or public liability portal",
      kind: 'working-days',
      amount: ({ channel }) =>
        channel === 'employers-liability-portal' || channel === 'public-liability-portal'
          ? (serviceLevels.on(`civil-claim.${channel}`)?.value ?? null)
          : null,
      startsFrom: 'claimReceivedOn',
      pausable: false,
      metBy: 'answered',
      source: '',
    },
  ],
  rules: [
    refusedWhen(
      'APortalAcknowledgesByItself',
      'acknowledgedOn',
      'Leave this field out for a claim from a portal, because the portal acknowledges it',
      {
        field: 'channel',
        isNot: 'letter',
      },
    ),
  ],
  records: keptIn(matterRecords, {
    payload: ({ kind, incidentOn }) => ({
      privileged: true,
      incidentOn,
      limitation: limitationOf(kind, incidentOn),
    }),
    answer: ({ position, settlementPence }) => ({ outcome: position, settlementPence }),
  }),
  examples: [
    {
      payload: {
        kind: 'false-imprisonment',
        channel: 'letter',
        claimReceivedOn: '2026-02-27',
        incidentOn: '2025-08-14',
        claimant: 'O. Example',
        representative: 'Invented Solicitors LLP',
        amountClaimedPence: 1250000,
        allegation: 'Held for five hours after the custody officer had decided on release.',
      },
      answer: {
        position: 'settled',
        acknowledgedOn: '2026-03-04',
        settlementPence: 600000,
        reasons: 'The custody record shows a delay of four hours without a reason.',
      },
    },
    {
      payload: {
        kind: 'personal-injury',
        channel: 'road-traffic-portal',
        claimReceivedOn: '2026-03-02',
        incidentOn: '2026-01-19',
        claimant: 'P. Example',
        allegation: 'A marked vehicle pulled out of a junction; neck injury.',
      },
      answer: {
        position: 'liability-admitted',
        reasons: 'Dashcam shows that the police driver did not give way.',
      },
    },
  ],
});
