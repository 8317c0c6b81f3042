import { defineUnit } from '#unit';
import { accessRequest } from './access-request.request.ts';
import { faultRepair } from './fault-repair.request.ts';
import { faultRepairV2 } from './fault-repair.v2.request.ts';
import { minorWorks } from './minor-works.request.ts';
import { SITE_MIGRATIONS } from './site.migration.ts';

export default defineUnit({
  slug: 'estates',
  functionId: 'F3',
  title: 'Estates and facilities',
  referencePrefix: 'EST',
  requestTypes: [faultRepair, faultRepairV2, accessRequest, minorWorks],
  migrations: SITE_MIGRATIONS,
});
