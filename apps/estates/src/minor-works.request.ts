import { CivilDate, OneOf, Text, Whole } from '#contracts';
import { requestType } from '#unit';
import { serviceLevels } from './estates.settings.ts';
import { SiteFields } from './site.fields.ts';
import { SITE_ONLY } from './site.records.ts';

/** Ten million pounds, in pence. No minor works cost as much. */
const COST_MAX_PENCE = 1_000_000_000;

export class MinorWorks extends SiteFields {
  @Text({ max: 120, title: 'What is wanted', correctable: 'until-claimed', searched: 'words' })
  title!: string;

  @Text({ max: 4000, title: 'Description and reason', correctable: 'until-decided', searched: 'words' })
  description!: string;

  @Whole({
    min: 0,
    max: COST_MAX_PENCE,
    optional: true,
    title: 'Budget in pence',
    correctable: 'until-claimed',
  })
  budgetPence?: number;

  @Text({ max: 40, optional: true, title: 'Cost centre of the force', correctable: 'until-decided' })
  costCentre?: string;

  @CivilDate({ optional: true, past: false, title: 'Wanted by', correctable: 'until-claimed' })
  wantedBy?: string;
}

export class MinorWorksAnswer {
  @OneOf(['planned', 'done', 'not-taken-on'], { title: 'Outcome' })
  outcome!: string;

  @Whole({ min: 0, max: COST_MAX_PENCE, optional: true, title: 'Estimate in pence' })
  estimatePence?: number;

  @CivilDate({ optional: true, past: false, title: 'Planned for' })
  plannedFor?: string;

  @Text({ max: 2000, title: 'What was agreed' })
  remarks!: string;
}

export const minorWorks = requestType(MinorWorks, MinorWorksAnswer, {
  name: 'minor-works',
  version: 1,
  title: 'Ask for minor works',
  subject: ({ site, room, title }) => [site, room, title],
  decision: 'one-person',
  lawEnforcement: false,
  risk: 1,
  clocks: [
    {
      name: 'propose',
      title: 'Propose or refuse the works',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('minor-works.propose'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  records: SITE_ONLY,
  examples: [
    {
      payload: {
        site: 'MKT-02',
        room: 'Briefing room',
        title: 'Partition the briefing room',
        description: 'A part of the room is to become a quiet room for telephone statements.',
        budgetPence: 650000,
        costCentre: 'CC-0000',
        wantedBy: '2026-06-30',
      },
      answer: {
        outcome: 'planned',
        estimatePence: 612500,
        plannedFor: '2026-05-18',
        remarks: 'Two days of work; the room is closed on both.',
      },
    },
    {
      payload: {
        site: 'HQ-01',
        title: 'Cycle stands',
        description: 'Ten covered stands near the rear entrance.',
      },
      answer: {
        outcome: 'not-taken-on',
        remarks: 'Needs planning consent: belongs in the yearly capital programme.',
      },
    },
  ],
});
