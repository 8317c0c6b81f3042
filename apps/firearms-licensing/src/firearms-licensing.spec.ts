import { describe, expect, it } from '@jest/globals';
import { describeRequestTypes, dueOf, faultsOf } from '#testing';
import { certificateGrant } from './certificate-grant.request.ts';
import { certificateRenewal } from './certificate-renewal.request.ts';
import { certificateVariation, type CertificateVariation } from './certificate-variation.request.ts';
import { extendedUntil } from './certificate-clocks.ts';
import { expiryOf } from './certificate.records.ts';
import { explosivesCertificate } from './explosives-certificate.request.ts';
import { feeOfCertificate, feeOfVariation } from './fees.ts';
import unit from './firearms-licensing.unit.ts';

describeRequestTypes(unit);

const referee = (name: string): Record<string, string> => ({ name, address: '1 Invented Close' });

describe('an application from a force', () => {
  it.each([
    ['one referee', certificateGrant, { referees: [referee('A')] }, ['/payload/referees']],
    ['three referees', certificateGrant, { referees: ['A', 'B', 'C'].map(referee) }, ['/payload/referees']],
    ['no referees', certificateRenewal, { referees: undefined }, ['/payload/referees']],
    [
      'the same referee twice',
      certificateGrant,
      { referees: [referee('A'), referee(' a')] },
      ['/payload/referees'],
    ],
    [
      'one referee in two spellings',
      certificateGrant,
      { referees: [referee('Zo\u00eb Ward'), referee('ZOE\u0308\u00a0 WARD\u200b')] },
      ['/payload/referees'],
    ],
    [
      'the applicant in another spelling as referee',
      certificateRenewal,
      { applicant: 'Zoe\u0308 Gro\u00df', referees: [referee('A'), referee('Zo\u00cb GROSS')] },
      ['/payload/referees'],
    ],
    [
      'the applicant as referee',
      certificateGrant,
      { applicant: 'B', referees: [referee('A'), referee('b')] },
      ['/payload/referees'],
    ],
    [
      'a referee without an address',
      certificateGrant,
      { referees: [referee('A'), { name: 'B' }] },
      ['/payload/referees/1/address'],
    ],
    [
      'a day of receipt in the future',
      certificateGrant,
      { applicationReceivedOn: '2199-01-01' },
      ['/payload/applicationReceivedOn'],
    ],
    [
      'a renewal without the day of expiry',
      certificateRenewal,
      { expiresOn: undefined },
      ['/payload/expiresOn'],
    ],
    ['half a gun', certificateVariation, { gunsAskedFor: 1.5 }, ['/payload/gunsAskedFor']],
    [
      'explosives to keep and no place for them',
      explosivesCertificate,
      { keptAt: undefined },
      ['/payload/keptAt'],
    ],
  ])('is refused with %s', (_, type, change, pointers) => {
    expect(faultsOf(type, change)).toEqual(pointers);
  });

  it('is accepted without medical facts, which may follow before a grant', () => {
    expect(faultsOf(certificateGrant, { medicalFacts: undefined })).toEqual([]);
  });

  it('is decided by a second person with the delegation of the owning chief officer', () => {
    expect(unit.requestTypes.map(({ decision }) => decision)).toEqual(
      unit.requestTypes.map(() => 'second-person-delegated'),
    );
  });
});

describe('the clocks of an application', () => {
  it('run for four months from receipt by the force, not from arrival', () => {
    // Received on 16 February 2026: until the end of 16 June (BST).
    expect(dueOf(certificateGrant, {}, '2026-03-20T09:00:00Z')).toEqual({
      decide: '2026-06-16T23:00:00.000Z',
    });
    // Four months from 31 October 2025 end on 28 February, the last day of a shorter month.
    expect(dueOf(certificateGrant, { applicationReceivedOn: '2025-10-31' }, '2026-03-20T09:00:00Z')).toEqual({
      decide: '2026-03-01T00:00:00.000Z',
    });
  });

  it('end with the extension when a renewal was lodged eight weeks before expiry', () => {
    // Firearms Act 1968, section 28B. 1 May 2026 less 56 days is 6 March; plus 56 days is 26 June.
    const change = { expiresOn: '2026-05-01', applicationReceivedOn: '2026-03-06' };
    expect(extendedUntil(change.expiresOn, change.applicationReceivedOn)).toBe('2026-06-26');
    expect(dueOf(certificateRenewal, change, '2026-03-20T09:00:00Z')).toEqual({
      decide: '2026-07-06T23:00:00.000Z',
      'extension-ends': '2026-06-26T23:00:00.000Z',
    });
  });

  it('end with the certificate when a renewal was lodged a day too late', () => {
    const change = { expiresOn: '2026-05-01', applicationReceivedOn: '2026-03-07' };
    expect(extendedUntil(change.expiresOn, change.applicationReceivedOn)).toBeNull();
    expect(dueOf(certificateRenewal, change, '2026-03-20T09:00:00Z')).toMatchObject({
      'certificate-expires': '2026-05-01T23:00:00.000Z',
    });
  });

  it.each([
    ['the day that is an hour shorter', '2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['the day that is an hour longer', '2026-10-25', '2026-10-26T00:00:00.000Z'],
  ])('end with the day of expiry even on %s', (_, expiresOn, dueAt) => {
    expect(
      dueOf(certificateRenewal, { expiresOn, applicationReceivedOn: expiresOn }, '2026-03-01T09:00:00Z'),
    ).toMatchObject({
      'certificate-expires': dueAt,
    });
  });

  it('come after the risk: a renewal lodged too late is worked before one lodged in time', () => {
    const risk = certificateRenewal.risk as (payload: Record<string, unknown>) => number;
    expect(risk({ expiresOn: '2026-05-01', applicationReceivedOn: '2026-03-07' })).toBeGreaterThan(
      risk({ expiresOn: '2026-05-01', applicationReceivedOn: '2026-03-06' }),
    );
  });
});

describe('a certificate', () => {
  it.each([
    ['2026-03-20', '2031-03-20'],
    ['2024-02-29', '2029-02-28'],
  ])('that starts on %s lasts five years, to %s', (startsOn, expiresOn) => {
    expect(expiryOf(startsOn)).toBe(expiresOn);
  });
});

describe('a fee', () => {
  const variation = (change: Partial<CertificateVariation>): CertificateVariation =>
    ({ ...certificateVariation.examples[0]?.payload, ...change }) as CertificateVariation;

  it.each([
    ['grant', 'firearm', 19800],
    ['renewal', 'firearm', 13100],
    ['grant', 'shotgun', 19400],
    ['renewal', 'shotgun', 12600],
    ['grant', 'coterminous', 20200],
    ['renewal', 'coterminous', 15500],
  ] as const)(
    'for the %s of a %s certificate is the statutory fee since 5 February 2025',
    (step, kind, pence) => {
      expect(feeOfCertificate(step, kind, '2025-02-05').pence).toBe(pence);
      expect(feeOfCertificate(step, kind, '2025-02-04')).toEqual({ charged: true, pence: null, source: '' });
    },
  );

  it('is charged for a variation only when the number rises and no renewal comes with it', () => {
    expect(feeOfVariation(variation({ gunsNow: 2, gunsAskedFor: 2 }), '2026-03-10')).toMatchObject({
      charged: false,
      pence: 0,
    });
    expect(
      feeOfVariation(variation({ gunsNow: 2, gunsAskedFor: 3, withRenewal: true }), '2026-03-10'),
    ).toMatchObject({
      charged: false,
      pence: 0,
    });
  });

  it('is null in the answer when no amount is known', () => {
    expect(
      feeOfVariation(variation({ gunsNow: 2, gunsAskedFor: 3, withRenewal: false }), '2026-03-10'),
    ).toEqual({
      charged: true,
      pence: null,
      source: '',
    });
  });
});
