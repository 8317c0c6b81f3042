import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './firearms-licensing.unit.ts';

let licensing: RecordsInDatabase;
beforeAll(async () => {
  licensing = await RecordsInDatabase.open(unit);
});
afterAll(() => licensing.close());

const FORCE = 'bedfordshire';
/** A refusal without what only a granted certificate has. */
const REFUSED = { decision: 'refused', startsOn: undefined, conditions: undefined };
const refusedAt = (field: string) => ({
  code: 'invalid-payload',
  problem: { errors: [{ pointer: `/answer/${field}` }] },
});

describe('a certificate', () => {
  it('lasts five years from its start, with the unit reference as its number and the fee of the day', async () => {
    const grant = licensing.request(FORCE, 'certificate-grant');
    await licensing.arrive(grant);
    expect(await licensing.answer(grant)).toMatchObject({
      certificateNumber: grant.unitReference,
      expiresOn: '2031-03-20',
      fee: { charged: true, pence: 19400 },
    });
    expect(await licensing.read(grant)).toMatchObject({
      application: { decision: 'granted', feePence: '19400' },
      certificate: {
        number: grant.unitReference,
        kind: 'shotgun',
        startsOn: '2026-03-20',
        expiresOn: '2031-03-20',
      },
    });
  });

  it.each([
    ['medical facts', {}, { medicalFacts: undefined }, 'medicalFacts'],
    ['a start day', { startsOn: undefined }, {}, 'startsOn'],
    ['both referees', { refereesAnswered: false }, {}, 'refereesAnswered'],
    ['the interview of the household', { householdInterviewedOn: undefined }, {}, 'householdInterviewedOn'],
    ['the check of social media', { socialMediaCheckedOn: undefined }, {}, 'socialMediaCheckedOn'],
    ['written reasons for departing from guidance', { departsFromGuidance: true }, {}, 'reasons'],
  ])('is not granted without %s', async (_, answer, payload, field) => {
    const grant = licensing.request(FORCE, 'certificate-grant', payload);
    await licensing.arrive(grant);
    await expect(licensing.answer(grant, answer)).rejects.toMatchObject(refusedAt(field));
    expect(await licensing.read(grant)).toMatchObject({ application: { decision: null }, certificate: null });
  });

  it('is granted on medical facts that came after the application', async () => {
    const grant = licensing.request(FORCE, 'certificate-grant', { medicalFacts: undefined });
    await licensing.arrive(grant);
    const medicalFacts = { doctor: 'Invented Surgery', givenOn: '2026-03-18', finding: 'nothing-relevant' };
    expect(await licensing.answer(grant, { medicalFacts })).toMatchObject({
      certificateNumber: grant.unitReference,
    });
  });

  it('is refused only with reasons, and the fee is returned', async () => {
    const grant = licensing.request(FORCE, 'certificate-grant');
    await licensing.arrive(grant);
    await expect(licensing.answer(grant, REFUSED)).rejects.toMatchObject(refusedAt('reasons'));
    expect(await licensing.answer(grant, { ...REFUSED, reasons: 'No good reason.' })).toEqual({
      feeReturned: true,
    });
    expect(await licensing.read(grant)).toMatchObject({ certificate: null });
  });
});

describe('a renewal', () => {
  it('lodged eight weeks before expiry extends the old certificate by eight weeks; a day later it does not', async () => {
    const dates = { expiresOn: '2026-05-01', certificateNumber: 'EX-1' };
    const inTime = licensing.request(FORCE, 'certificate-renewal', {
      ...dates,
      applicationReceivedOn: '2026-03-06',
    });
    const late = licensing.request(FORCE, 'certificate-renewal', {
      ...dates,
      applicationReceivedOn: '2026-03-07',
    });
    await licensing.arrive(inTime, late);
    expect(await licensing.read(inTime)).toMatchObject({
      application: { oldExpiresOn: '2026-05-01', oldExtendedUntil: '2026-06-26' },
    });
    expect(await licensing.read(late)).toMatchObject({
      application: { oldExpiresOn: '2026-05-01', oldExtendedUntil: null },
    });
  });

  it('keeps the number and adds five years', async () => {
    const renewal = licensing.request(FORCE, 'certificate-renewal', { certificateNumber: 'EX-2' });
    await licensing.arrive(renewal);
    expect(await licensing.answer(renewal)).toMatchObject({
      certificateNumber: 'EX-2',
      expiresOn: '2031-05-02',
      fee: { pence: 15500 },
    });
  });
});

describe('a certificate that is on the register', () => {
  const ADA = { applicant: 'Ada  Zo\u00eb', bornOn: '1961-02-14' };
  const registered = async (certificateNumber: string): Promise<void> => {
    const renewal = licensing.request(FORCE, 'certificate-renewal', { ...ADA, certificateNumber });
    await licensing.arrive(renewal);
    await licensing.answer(renewal);
  };
  const rowOf = (number: string) =>
    licensing.rows(
      FORCE,
      `select starts_on::text as "startsOn", guns, holder from certificate where number = '${number}'`,
    );
  const otherHolder = {
    problem: { errors: [{ pointer: '/answer/decision', code: 'TheCertificateIsAnotherHolders' }] },
  };

  it('is not renewed or changed by a request for another person', async () => {
    await registered('OTH-1');
    const before = await rowOf('OTH-1');
    const wrong = licensing.request(FORCE, 'certificate-renewal', {
      ...{ applicant: 'B. Other', bornOn: '1970-08-08', certificateNumber: 'OTH-1' },
    });
    await licensing.arrive(wrong);
    await expect(licensing.answer(wrong, { startsOn: '2027-01-01' })).rejects.toMatchObject(otherHolder);
    expect(await rowOf('OTH-1')).toEqual(before);
    expect(await licensing.answer(wrong, { ...REFUSED, reasons: 'Not their certificate.' })).toEqual({
      feeReturned: true,
    });
  });

  it('is not varied by a request for another person', async () => {
    await registered('OTH-2');
    const wrong = licensing.request(FORCE, 'certificate-variation', {
      certificateNumber: 'OTH-2',
      holder: 'B. Other',
      gunsAskedFor: 9,
    });
    await licensing.arrive(wrong);
    await expect(licensing.answer(wrong)).rejects.toMatchObject(otherHolder);
    expect(await rowOf('OTH-2')).toMatchObject([{ guns: null }]);
  });

  it.each([
    ['under another spelling of the name', 'ada Zoe\u0308', ADA.bornOn],
    ['under a new name', 'Ada Other', ADA.bornOn],
    ['with a mistyped date of birth', ADA.applicant, '1961-02-04'],
  ])('is renewed for its holder %s, and the earlier row is kept', async (how, applicant, bornOn) => {
    const number = `OTH-${how.length}`;
    await registered(number);
    const renewal = licensing.request(FORCE, 'certificate-renewal', {
      applicant,
      bornOn,
      certificateNumber: number,
    });
    await licensing.arrive(renewal);
    expect(await licensing.answer(renewal, { startsOn: '2031-05-03' })).toMatchObject({
      certificateNumber: number,
    });
    expect(await rowOf(number)).toMatchObject([{ startsOn: '2031-05-03', holder: applicant }]);
    const kept = `select starts_on::text as "startsOn", holder, replaced_by as "replacedBy" from certificate_before where number = '${number}'`;
    expect(await licensing.rows(FORCE, kept)).toEqual([
      { startsOn: '2026-05-02', holder: ADA.applicant, replacedBy: renewal.id },
    ]);
    expect(await licensing.rows('cambridgeshire', kept)).toEqual([]);
  });

  it('is not renewed when it is an explosives certificate', async () => {
    const explosives = licensing.request(FORCE, 'explosives-certificate');
    await licensing.arrive(explosives);
    await licensing.answer(explosives);
    const renewal = licensing.request(FORCE, 'certificate-renewal', {
      certificateNumber: explosives.unitReference,
    });
    await licensing.arrive(renewal);
    await expect(licensing.answer(renewal)).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/decision', code: 'TheCertificateIsOfAnotherKind' }] },
    });
  });
});

describe('a certificate whose number is written in other letters', () => {
  it('is the same certificate: it is renewed, varied and shown under the registered number', async () => {
    const first = licensing.request(FORCE, 'certificate-renewal', { certificateNumber: 'Sh/77a' });
    const renewal = licensing.request(FORCE, 'certificate-renewal', {
      certificateNumber: 'SH/77A',
      applicationReceivedOn: '2026-03-06',
    });
    const { applicant: holder } = first.payload as { applicant: string };
    const variation = licensing.request(FORCE, 'certificate-variation', {
      certificateNumber: 'sh/77A',
      gunsAskedFor: 3,
      holder,
    });
    await licensing.arrive(first, renewal, variation);
    await licensing.answer(first);
    expect(await licensing.read(renewal)).toMatchObject({ certificate: { number: 'Sh/77a', guns: null } });
    expect(await licensing.answer(renewal)).toMatchObject({ certificateNumber: 'Sh/77a' });
    expect(await licensing.answer(variation)).toMatchObject({ certificateNumber: 'Sh/77a' });
    expect(await licensing.read(first)).toMatchObject({ certificate: { number: 'Sh/77a', guns: 3 } });
    const other = licensing.request('hertfordshire', 'certificate-renewal', { certificateNumber: 'SH/77A' });
    await licensing.arrive(other);
    expect(await licensing.read(other)).toMatchObject({ certificate: null });
  });
});

describe('a variation', () => {
  it('is free when the number of guns stays, and has an unknown fee when it rises', async () => {
    const oneForOne = licensing.request(FORCE, 'certificate-variation');
    const more = licensing.request(FORCE, 'certificate-variation', { gunsAskedFor: 3 });
    await licensing.arrive(oneForOne, more);
    expect(await licensing.answer(oneForOne)).toMatchObject({ fee: { charged: false, pence: 0 } });
    expect(await licensing.answer(more)).toMatchObject({ fee: { charged: true, pence: null } });
  });
});

describe('an explosives certificate', () => {
  it('is registered with its own kind, and no other force sees it', async () => {
    const explosives = licensing.request(FORCE, 'explosives-certificate');
    await licensing.arrive(explosives);
    await licensing.answer(explosives);
    expect(await licensing.read(explosives)).toMatchObject({
      certificate: { kind: 'explosives', expiresOn: '2031-03-25' },
    });
    expect(await licensing.read(explosives, 'cambridgeshire')).toBeNull();
  });
});

describe('an application', () => {
  it('leads to the other requests about certificates of the same holder, newest first', async () => {
    const holder = { applicant: 'R. Related', bornOn: '1970-05-06' };
    const on = (applicationReceivedOn: string) => ({ applicationReceivedOn });
    const grant = licensing.request(FORCE, 'certificate-grant', { ...holder, ...on('2026-01-05') });
    const namesake = licensing.request(FORCE, 'certificate-grant', {
      ...holder,
      bornOn: '1985-07-08',
      ...on('2026-01-06'),
    });
    await licensing.arrive(grant, namesake);
    await licensing.answer(grant);
    await licensing.answer(namesake);
    const variation = licensing.request(FORCE, 'certificate-variation', {
      holder: holder.applicant,
      certificateNumber: grant.unitReference,
      ...on('2026-02-05'),
    });
    const again = licensing.request(FORCE, 'certificate-grant', {
      ...holder,
      applicant: 'r. related',
      ...on('2026-02-06'),
    });
    const theirs = licensing.request('hertfordshire', 'certificate-grant', holder);
    await licensing.arrive(variation, again, theirs);
    const summary = `Certificate ${grant.unitReference} of the same holder`;
    expect(await licensing.related(again)).toEqual([
      { requestId: variation.id, summary },
      { requestId: grant.id, summary },
    ]);
    expect(await licensing.related(variation)).toEqual([{ requestId: grant.id, summary }]);
    expect(await licensing.related(theirs)).toEqual([]);
    expect(await licensing.related(again, 'hertfordshire')).toEqual([]);
  });
});
