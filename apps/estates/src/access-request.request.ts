import { CivilDate, Instant, OneOf, Text, Whole } from '#contracts';
import { neededWhen, refusedWhen, requestType } from '#unit';
import { serviceLevels } from './estates.settings.ts';
import { SiteFields } from './site.fields.ts';
import { SITE_ONLY } from './site.records.ts';

export class AccessRequest extends SiteFields {
  @Text({
    max: 120,
    personal: true,
    title: 'Who needs access',
    correctable: 'until-claimed',
    searched: 'words',
  })
  visitor!: string;

  @Text({ max: 120, optional: true, title: 'Organisation', correctable: 'until-claimed', searched: 'words' })
  organisation?: string;

  @OneOf(['contractor', 'staff', 'partner-agency', 'visitor'], {
    title: 'Kind of person',
    correctable: 'until-claimed',
  })
  kind!: string;

  @Instant({ past: false, title: 'From', correctable: 'until-claimed' })
  accessFrom!: string;

  @Instant({ past: false, notBefore: 'accessFrom', title: 'Until', correctable: 'until-claimed' })
  accessUntil!: string;

  @Whole({ min: 1, max: 200, optional: true, title: 'Number of people', correctable: 'until-claimed' })
  people?: number;

  @Text({ max: 1000, title: 'Purpose', correctable: 'until-decided', searched: 'words' })
  purpose!: string;
}

export class AccessRequestAnswer {
  @OneOf(['allowed', 'allowed-with-escort', 'refused'], { title: 'Decision' })
  decision!: string;

  @Text({ max: 40, optional: true, title: 'Pass number', searched: 'code' })
  passNumber?: string;

  @CivilDate({ optional: true, past: false, title: 'Pass ends on' })
  passEndsOn?: string;

  @Text({ max: 1000, optional: true, title: 'Reasons', help: 'Needed when refused.' })
  reasons?: string;
}

export const accessRequest = requestType(AccessRequest, AccessRequestAnswer, {
  name: 'access-request',
  version: 1,
  title: 'Ask for access to a site',
  subject: ({ site, room, visitor }) => [site, room, visitor],
  decision: 'one-person',
  lawEnforcement: false,
  risk: 2,
  clocks: [
    {
      name: 'decide',
      title: 'Decide on access',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('access-request.decide'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  answerRules: [
    neededWhen('ReasonsNeeded', 'reasons', 'Give the reasons for the refusal', {
      field: 'decision',
      is: 'refused',
    }),
    refusedWhen('ARefusalHasNoPass', 'passNumber', 'Leave the pass number out, because access is refused', {
      field: 'decision',
      is: 'refused',
    }),
    refusedWhen(
      'ARefusalHasNoPassEnd',
      'passEndsOn',
      'Leave the end of the pass out, because access is refused',
      {
        field: 'decision',
        is: 'refused',
      },
    ),
  ],
  records: SITE_ONLY,
  examples: [
    {
      payload: {
        site: 'HQ-01',
        room: 'Plant room 2',
        visitor: 'G. Example',
        organisation: 'Invented Boilers Ltd',
        kind: 'contractor',
        accessFrom: '2026-03-10T08:00:00Z',
        accessUntil: '2026-03-10T16:00:00Z',
        people: 2,
        purpose: 'Yearly inspection of both boilers.',
      },
      answer: { decision: 'allowed-with-escort', passNumber: 'V-2210', passEndsOn: '2026-03-10' },
    },
    {
      payload: {
        site: 'NST-01',
        visitor: 'H. Example',
        kind: 'visitor',
        accessFrom: '2026-03-11T10:00:00Z',
        accessUntil: '2026-03-11T12:00:00Z',
        purpose: 'Photographs of the cell corridor for a website.',
      },
      answer: { decision: 'refused', reasons: 'Custody areas are not photographed.' },
    },
  ],
});
