import { defineUnit } from '#unit';
import { advice } from './advice.request.ts';
import { civilClaim } from './civil-claim.request.ts';
import { domesticAbuseProtectionOrder } from './domestic-abuse-protection-order.request.ts';
import { MATTER_MIGRATIONS } from './matter.migration.ts';

export default defineUnit({
  slug: 'legal',
  functionId: 'F4',
  title: 'Legal services',
  referencePrefix: 'LEG',
  requestTypes: [domesticAbuseProtectionOrder, civilClaim, advice],
  migrations: MATTER_MIGRATIONS,
});
