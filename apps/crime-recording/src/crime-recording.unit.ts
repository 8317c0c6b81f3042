import { defineUnit } from '#unit';
import { crimeCancellation } from './crime-cancellation.request.ts';
import { crimeReport } from './crime-report.request.ts';
import { crimeTransfer } from './crime-transfer.request.ts';
import { CRIME_MIGRATIONS } from './crime.migration.ts';

export default defineUnit({
  slug: 'crime-recording',
  functionId: 'F11',
  title: 'Crime recording',
  referencePrefix: 'CRM',
  requestTypes: [crimeReport, crimeCancellation, crimeTransfer],
  migrations: CRIME_MIGRATIONS,
});
