import { YesNo } from '#contracts';
import { keptIn, requestType } from '#unit';
import {
  FAULT_REPAIR_EXAMPLES,
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
  examples: FAULT_REPAIR_EXAMPLES.map(({ payload, answer }, place) => ({
    payload: { ...payload, outOfHours: place === 0 },
    answer,
  })),
});
