import { defineUnit } from '#unit';
import { certificateGrant } from './certificate-grant.request.ts';
import { certificateRenewal } from './certificate-renewal.request.ts';
import { certificateVariation } from './certificate-variation.request.ts';
import { CERTIFICATE_MIGRATIONS } from './certificate.migration.ts';
import { explosivesCertificate } from './explosives-certificate.request.ts';

export default defineUnit({
  slug: 'firearms-licensing',
  functionId: 'F9',
  title: 'Firearms and explosives licensing',
  referencePrefix: 'FAL',
  requestTypes: [certificateGrant, certificateRenewal, certificateVariation, explosivesCertificate],
  migrations: CERTIFICATE_MIGRATIONS,
});
