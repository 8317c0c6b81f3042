import { YesNo } from '#contracts';
import { keptIn, requestType } from '#unit';
import {
  FAULT_REPAIR_FOR_RECORDS,
  FAULT_REPAIR_WORK,
  FaultRepair,
  FaultRepairAnswer,
} from './fault-repair.request.ts';
import { siteRecords } from './site.records.ts';

/** Version 2 asks whether the contractor may come outside office hours. */
export class FaultRepairV2 extends FaultRepair {
  @YesNo({
    optional: true,
    title: 'Out of hours',
    help: 'True if the site lets a contractor in outside office hours.',
    correctable: 'until-decided',
  })
  outOfHours?: boolean;
}

export const faultRepairV2 = requestType(FaultRepairV2, FaultRepairAnswer, {
  ...FAULT_REPAIR_WORK,
  version: 2,
  records: keptIn(siteRecords, FAULT_REPAIR_FOR_RECORDS),
  examples: [
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
        outOfHours: true,
      },
      answer: {
        outcome: 'fixed',
        workDone: 'Vent cover replaced by the anti-ligature pattern and tested by pull.',
        respondedAt: '2026-03-02T19:20:00Z',
        madeSafeAt: '2026-03-02T19:35:00Z',
        fixedAt: '2026-03-02T22:10:00Z',
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
        outOfHours: false,
      },
      answer: {
        outcome: 'fixed',
        workDone: 'Circulation pump replaced, system bled.',
        fixedAt: '2026-03-03T16:00:00Z',
      },
    },
  ],
});
