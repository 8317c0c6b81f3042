import { defineUnit } from '#unit';
import { accessRequest } from './access-request.request.ts';
import { faultRepair } from './fault-repair.request.ts';
import { minorWorks } from './minor-works.request.ts';
import { siteRecords } from './site.records.ts';

export default defineUnit({
  slug: 'estates',
  functionId: 'F3',
  title: 'Estates and facilities',
  referencePrefix: 'EST',
  requestTypes: [faultRepair, accessRequest, minorWorks],
  records: siteRecords,
});
