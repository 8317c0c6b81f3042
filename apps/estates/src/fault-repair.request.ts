import { Instant, OneOf, Text, YesNo } from '#contracts';
import { answerFault, inWords, keptIn, neededWhen, requestType, type RequestType } from '#unit';
import { FAULT_CLOCKS, PRIORITIES } from './fault-clocks.ts';
import { SiteFields } from './site.fields.ts';
import { siteRecords } from './site.records.ts';

export class FaultRepair extends SiteFields {
  @OneOf(PRIORITIES, {
    title: 'Priority',
    help: 'From P1 (danger to life, or a custody suite cannot be used) to P7 (can wait a month).',
  })
  priority!: (typeof PRIORITIES)[number];

  @OneOf(['electrical', 'heating', 'water', 'security', 'lift', 'fabric', 'cell', 'other'], {
    title: 'Kind of fault',
    correctable: 'until-claimed',
  })
  fault!: string;

  @Text({ max: 2000, title: 'Description', correctable: 'until-decided', searched: 'words' })
  description!: string;

  @Text({
    max: 20,
    pattern: '^[A-Za-z0-9][A-Za-z0-9-]*$',
    expected: 'the name of a cell in letters, digits and hyphens, such as M4',
    optional: true,
    title: 'Cell',
    help: 'The cell that has the fault, such as M4.',
  })
  cell?: string;

  @YesNo({
    optional: true,
    title: 'Ligature point',
    help: 'A ligature can be tied to something in the cell. The cell is closed at once.',
  })
  ligaturePoint?: boolean;

  @Text({
    max: 120,
    optional: true,
    personal: true,
    title: 'Who to speak to on site',
    correctable: 'until-decided',
  })
  contact?: string;
}

export class FaultRepairAnswer {
  @OneOf(['fixed', 'no-fault-found', 'replaced-by-works'], { title: 'Outcome' })
  outcome!: string;

  @Text({ max: 2000, title: 'Work done' })
  workDone!: string;

  @Instant({ optional: true, past: true, title: 'Responded at' })
  respondedAt?: string;

  @Instant({ optional: true, past: true, notBefore: 'respondedAt', title: 'Made safe at' })
  madeSafeAt?: string;

  @Instant({ optional: true, past: true, notBefore: 'respondedAt', title: 'Fixed at' })
  fixedAt?: string;

  @YesNo({
    optional: true,
    title: 'Ligature point removed',
    help: 'Needed if the request reported one. The cell opens again only when it is removed.',
  })
  ligaturePointRemoved?: boolean;
}

/** The parts of the request type that are the same in each version. */
export const FAULT_REPAIR_WORK = {
  name: 'fault-repair',
  title: 'Repair a fault',
  subject: ({ site, room, cell, fault }) => [site, room ?? cell, inWords(fault)],
  decision: 'one-person',
  contact: 'contact',
  lawEnforcement: false,
  // Policy of this unit: a ligature point comes first, then the faults follow their priority.
  risk: ({ ligaturePoint, priority }) => (ligaturePoint ? 9 : 8 - PRIORITIES.indexOf(priority)),
  clocks: FAULT_CLOCKS,
  rules: [
    neededWhen(
      'ALigaturePointNamesItsCell',
      'cell',
      'Give the cell with the ligature point, so that it can be closed',
      {
        field: 'ligaturePoint',
        is: true,
      },
    ),
    neededWhen('ACellFaultNamesItsCell', 'cell', 'Give the cell that has the fault', {
      field: 'fault',
      is: 'cell',
    }),
  ],
  answerFaults: ({ ligaturePointRemoved }, { ligaturePoint }) => {
    if (!ligaturePoint || ligaturePointRemoved !== undefined) return [];
    const detail =
      'Say whether the ligature point is removed: true or false. The cell stays closed until it is';
    return [answerFault<FaultRepairAnswer>('ligaturePointRemoved', 'TheLigaturePointIsAccountedFor', detail)];
  },
} satisfies Partial<RequestType<FaultRepair, FaultRepairAnswer>>;

/** Reads a payload and an answer of any version for the records of the site. */
export const FAULT_REPAIR_FOR_RECORDS = {
  payload: ({ site, cell, ligaturePoint }: FaultRepair) => ({
    site,
    cell,
    hasLigaturePoint: ligaturePoint === true,
  }),
  answer: ({ ligaturePointRemoved }: FaultRepairAnswer) => ({
    ligaturePointRemoved: ligaturePointRemoved === true,
  }),
};

/** Valid requests of every version: a newer one adds its own fields. */
export const FAULT_REPAIR_EXAMPLES: RequestType<FaultRepair, FaultRepairAnswer>['examples'] = [
  {
    payload: {
      site: 'NST-01',
      room: 'Custody suite, male wing',
      priority: 'P1',
      fault: 'cell',
      cell: 'M4',
      ligaturePoint: true,
      description:
        'The vent cover has come away at one corner and leaves a gap behind which a cord would hold.',
      contact: 'Custody Sgt 0000 F. Example',
    },
    answer: {
      outcome: 'fixed',
      workDone: 'Vent cover replaced by the anti-ligature pattern and tested by pull.',
      respondedAt: '2026-03-02T10:20:00Z',
      madeSafeAt: '2026-03-02T10:35:00Z',
      fixedAt: '2026-03-02T14:10:00Z',
      ligaturePointRemoved: true,
    },
  },
  {
    payload: {
      site: 'MKT-02',
      room: 'Front office',
      priority: 'P4',
      fault: 'heating',
      description: 'Radiators stay cold; two fan heaters are in use.',
    },
    answer: {
      outcome: 'fixed',
      workDone: 'Circulation pump replaced, system bled.',
      fixedAt: '2026-03-03T16:00:00Z',
    },
  },
  {
    payload: {
      site: 'HQ-01',
      priority: 'P7',
      fault: 'fabric',
      description: 'Paint peeling on the north stairwell.',
    },
    answer: { outcome: 'replaced-by-works', workDone: 'Taken into the spring decoration works.' },
  },
];

export const faultRepair = requestType(FaultRepair, FaultRepairAnswer, {
  ...FAULT_REPAIR_WORK,
  version: 1,
  records: keptIn(siteRecords, FAULT_REPAIR_FOR_RECORDS),
  examples: FAULT_REPAIR_EXAMPLES,
});
