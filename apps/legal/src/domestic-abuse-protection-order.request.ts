import { CivilDate, Instant, OneOf, Text, TextList, type FieldError } from '#contracts';
import { answerFault, keptIn, neededWhen, refusedWhen, requestType } from '#unit';
import { matterRecords } from './matter.records.ts';

export class DomesticAbuseProtectionOrder {
  @Instant({
    past: true,
    title: 'Notice served at',
    help: 'When the domestic abuse protection notice was given to the person. The 48 hours run from this time.',
  })
  noticeServedAt!: string;

  @Text({ max: 40, title: 'Notice reference', correctable: 'until-claimed', searched: 'code' })
  noticeReference!: string;

  @Text({
    max: 120,
    personal: true,
    title: 'Person the notice is against',
    correctable: 'until-claimed',
    searched: 'words',
  })
  respondent!: string;

  @CivilDate({
    optional: true,
    past: true,
    notAfter: 'noticeServedAt',
    personal: true,
    title: "Respondent's date of birth",
    correctable: 'until-claimed',
  })
  respondentBornOn?: string;

  @Text({ max: 120, personal: true, title: 'Person to be protected', correctable: 'until-claimed' })
  protectedPerson!: string;

  @Text({ max: 120, title: "Magistrates' court", correctable: 'until-decided' })
  court!: string;

  @Text({ max: 4000, personal: true, title: 'Grounds', correctable: 'until-decided' })
  grounds!: string;

  @TextList({ max: 20, min: 1, maxLength: 300, title: 'Conditions sought', correctable: 'until-claimed' })
  conditionsSought!: string[];

  @Text({ max: 120, personal: true, title: 'Officer in the case', correctable: 'until-decided' })
  officer!: string;
}

export class DomesticAbuseProtectionOrderAnswer {
  @OneOf(['order-made', 'order-refused', 'withdrawn'], { title: 'Outcome' })
  outcome!: string;

  @Instant({
    optional: true,
    past: true,
    title: 'Heard at',
    help: 'When the hearing began. The notice stays in force if the hearing is then adjourned.',
  })
  heardAt?: string;

  @CivilDate({ optional: true, past: false, notBefore: 'heardAt', title: 'Order ends on' })
  orderEndsOn?: string;

  @TextList({ max: 20, optional: true, maxLength: 300, title: 'Conditions ordered' })
  conditions?: string[];

  @Text({ max: 2000, optional: true, title: 'Remarks' })
  remarks?: string;
}

const CONDITIONS_NEEDED = 'Give the conditions of the order';

export const domesticAbuseProtectionOrder = requestType(
  DomesticAbuseProtectionOrder,
  DomesticAbuseProtectionOrderAnswer,
  {
    name: 'domestic-abuse-protection-order',
    version: 1,
    title: 'Apply for a domestic abuse protection order',
    subject: ({ noticeReference, court }) => [noticeReference, court],
    decision: 'one-person',
    contact: 'officer',
    lawEnforcement: true,
    // A person's protection ends with the notice, so this comes before all other work of the unit.
    risk: 9,
    clocks: [
      {
        name: 'heard',
        title: 'Heard within 48 hours of service of the notice',
        kind: 'elapsed-hours-excluding-sundays-and-bank-holidays',
        amount: 48,
        startsFrom: 'noticeServedAt',
        pausable: false,
        metBy: 'answered',
        source:
          'Domestic Abuse Act 2021, section 29: 48 hours, not counting Sundays, Christmas Day, Good Friday and bank holidays',
      },
    ],
    answerRules: [
      neededWhen('AnOrderIsHeard', 'heardAt', 'Give the time at which the application was heard', {
        field: 'outcome',
        isNot: 'withdrawn',
      }),
      neededWhen('AnOrderHasConditions', 'conditions', CONDITIONS_NEEDED, {
        field: 'outcome',
        is: 'order-made',
      }),
      refusedWhen(
        'OnlyAnOrderHasConditions',
        'conditions',
        'Leave the conditions out, because no order is made',
        { field: 'outcome', isNot: 'order-made' },
      ),
      refusedWhen('OnlyAnOrderEnds', 'orderEndsOn', 'Leave the end out, because no order is made', {
        field: 'outcome',
        isNot: 'order-made',
      }),
    ],
    answerFaults: faultsOfHearing,
    records: keptIn(matterRecords, {
      payload: ({ noticeServedAt }) => ({ privileged: false, noticeServedAt }),
      answer: ({ outcome, heardAt, orderEndsOn }) => ({ outcome, heardAt, orderEndsOn }),
    }),
    examples: [
      {
        payload: {
          noticeServedAt: '2026-03-06T18:30:00Z',
          noticeReference: 'DAPN-0001',
          respondent: 'I. Example',
          respondentBornOn: '1988-04-12',
          protectedPerson: 'J. Example',
          court: "Invented Magistrates' Court",
          grounds: 'Third call in a month; a door kicked in and threats heard by the attending officers.',
          conditionsSought: [
            'Not to contact the protected person',
            'Not to come within 100 metres of the home',
          ],
          officer: 'PS 0000 K. Example',
        },
        answer: {
          outcome: 'order-made',
          heardAt: '2026-03-09T10:15:00Z',
          orderEndsOn: '2026-06-09',
          conditions: ['Not to contact the protected person', 'Not to come within 100 metres of the home'],
        },
      },
      {
        payload: {
          noticeServedAt: '2026-04-02T20:00:00+01:00',
          noticeReference: 'DAPN-0002',
          respondent: 'L. Example',
          protectedPerson: 'M. Example',
          court: "Invented Magistrates' Court",
          grounds: 'Repeated messages and one visit to the workplace after the relationship ended.',
          conditionsSought: ['Not to contact the protected person'],
          officer: 'DC 0000 N. Example',
        },
        answer: {
          outcome: 'order-refused',
          heardAt: '2026-04-07T09:40:00+01:00',
          remarks: 'The court was not satisfied of the second incident.',
        },
      },
    ],
  },
);

/** A hearing before the notice, and an empty list of conditions. The rules say when the two are needed. */
function faultsOfHearing(
  { outcome, heardAt, conditions }: DomesticAbuseProtectionOrderAnswer,
  { noticeServedAt }: DomesticAbuseProtectionOrder,
): FieldError[] {
  const fault = answerFault<DomesticAbuseProtectionOrderAnswer>;
  const faults: FieldError[] = [];
  if (heardAt !== undefined && Date.parse(heardAt) < Date.parse(noticeServedAt)) {
    const detail = 'The hearing must be after the time at which the notice was served';
    faults.push(fault('heardAt', 'TheHearingFollowsTheNotice', detail));
  }
  if (outcome === 'order-made' && conditions?.length === 0)
    faults.push(fault('conditions', 'AnOrderHasConditions', CONDITIONS_NEEDED));
  return faults;
}
