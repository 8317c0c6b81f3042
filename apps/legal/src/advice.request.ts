import { CivilDate, OneOf, Text, YesNo } from '#contracts';
import { inWords, keptIn, requestType } from '#unit';
import { serviceLevels } from './legal.settings.ts';
import { matterRecords } from './matter.records.ts';

export class Advice {
  @OneOf(['police-powers', 'employment', 'contracts', 'information-law', 'inquests', 'misconduct', 'other'], {
    title: 'Field of law',
    correctable: 'until-claimed',
  })
  field!: string;

  @Text({ max: 160, title: 'Subject', correctable: 'until-claimed', searched: 'words' })
  subject!: string;

  @Text({ max: 8000, title: 'Question', correctable: 'until-decided', searched: 'words' })
  question!: string;

  @CivilDate({ optional: true, past: false, title: 'Needed by', correctable: 'until-decided' })
  neededBy?: string;

  @YesNo({ title: 'Legally privileged', help: 'Marks the matter as privileged from the start.' })
  privileged!: boolean;

  @Text({ max: 120, optional: true, personal: true, title: 'Asked by', correctable: 'until-decided' })
  askedBy?: string;
}

export class AdviceAnswer {
  @Text({ max: 8000, title: 'Advice' })
  advice!: string;

  @Text({ max: 1000, optional: true, title: 'Authorities relied on' })
  authorities?: string;
}

export const advice = requestType(Advice, AdviceAnswer, {
  name: 'advice',
  version: 1,
  title: 'Ask for legal advice',
  subject: ({ subject, field }) => [subject, inWords(field)],
  decision: 'one-person',
  lawEnforcement: false,
  risk: 2,
  reopening: { withinDays: serviceLevels.currentValueOf('advice.reopening'), clocks: ['answer'], source: '' },
  clocks: [
    {
      name: 'answer',
      title: 'Give the advice',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('advice.answer'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  records: keptIn(matterRecords, {
    payload: ({ privileged }) => ({ privileged }),
    answer: () => ({ outcome: 'advised' }),
  }),
  examples: [
    {
      payload: {
        field: 'contracts',
        subject: 'Ending a vehicle lease early',
        question:
          'The lease of the custody vans runs to next March. Can it be ended this autumn, and at what cost?',
        neededBy: '2026-04-10',
        privileged: true,
        askedBy: 'Q. Example, procurement',
      },
      answer: {
        advice: 'Clause 14 allows it on 90 days of notice against the remaining maintenance charge only.',
        authorities: 'The lease, clauses 14 and 17',
      },
    },
    {
      payload: {
        field: 'information-law',
        subject: 'Footage asked for by an insurer',
        question:
          'An insurer asks for body-worn footage of a collision. May it be given, and with what removed?',
        privileged: false,
      },
      answer: { advice: 'It may be given for the purpose of the claim; faces of others are to be obscured.' },
    },
  ],
});
