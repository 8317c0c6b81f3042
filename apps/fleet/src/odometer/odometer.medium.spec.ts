import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { RunningUnit, type Reply, type StaffMember } from '#testing';
import unit from '../fleet.unit.ts';
import type { VehicleView } from './odometer.store.ts';

const [repair] = unit.requestTypes as [(typeof unit.requestTypes)[0]];
const TYPO = 482_100;
const TRUE = 48_215;
const REASON = 'A digit too many: the photograph shows 48,215.';

describe('the correction of an odometer', () => {
  let fleet: RunningUnit;
  let force: string;
  let ann: StaffMember;
  let ben: StaffMember;
  beforeAll(async () => {
    fleet = await RunningUnit.start(unit);
    [force] = fleet.forces;
    ann = await fleet.staff('caseworker', { person: 'ann' });
    ben = await fleet.staff('caseworker', { person: 'ben' });
  });
  afterAll(() => fleet?.stop());

  let marks = 0;
  /** Makes the registration mark of a vehicle that no other test uses. */
  const mark = (): string => `OC${String((marks += 1)).padStart(2, '0')}ABC`;
  const job = (vrm: string, odometerMiles: number): Promise<string> =>
    fleet.submit({ force, type: repair, payload: { ...repair.examples[0]!.payload, vrm, odometerMiles } });
  const answer = async (id: string, odometerMiles: number): Promise<Reply> => {
    await ann.do('claim', id);
    return ann.do('answer', id, { answer: { ...repair.examples[0]!.answer, odometerMiles } });
  };
  const at = (vrm: string, rest = ''): string => `/v1/vehicles/${force}/${vrm}${rest}`;
  const vehicle = async (vrm: string): Promise<VehicleView> => (await ann.get(at(vrm))).body as VehicleView;
  const readingOf = async (vrm: string, miles: number): Promise<string> => {
    const found = (await vehicle(vrm)).readings.find(
      (reading) => reading.miles === miles && reading.taken === 'when-finished',
    );
    return found!.id;
  };
  const strikeOut = async (vrm: string, miles: number): Promise<Reply> =>
    ann.post(at(vrm, '/corrections'), {
      kind: 'strike-out',
      reading: await readingOf(vrm, miles),
      reason: REASON,
    });

  it('is not needed for a typing error of the force: the true reading is accepted in the answer', async () => {
    const vrm = mark();
    expect(await answer(await job(vrm, TYPO), TRUE)).toMatchObject({
      status: 200,
      body: { state: 'answered' },
    });
    expect(await vehicle(vrm)).toMatchObject({ odometerMiles: TRUE, odometerConfirmed: true });
  });

  it('strikes out a reading of the unit once a second person confirms it, and keeps the history', async () => {
    const vrm = mark();
    expect(await answer(await job(vrm, TRUE), 999_999)).toMatchObject({ status: 200 });
    const next = await job(vrm, TRUE);
    expect(await answer(next, TRUE)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/answer/odometerMiles' }] },
    });
    const proposed = await strikeOut(vrm, 999_999);
    expect(proposed).toMatchObject({
      status: 201,
      body: { state: 'proposed', proposedBy: 'ann', decidedBy: null },
    });
    const confirm = at(vrm, `/corrections/${String(proposed.body.id)}/confirm`);
    expect(await ann.post(confirm, {})).toMatchObject({
      status: 409,
      body: { code: 'second-person-needed' },
    });
    expect(await vehicle(vrm)).toMatchObject({
      odometerMiles: 999_999,
      corrections: [{ state: 'proposed', reason: REASON }],
    });
    expect(await ben.post(confirm, {})).toMatchObject({
      status: 200,
      body: { state: 'confirmed', decidedBy: 'ben' },
    });
    expect(await ben.post(confirm, {})).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } });
    expect(await vehicle(vrm)).toMatchObject({ odometerMiles: TRUE, odometerConfirmed: false });
    expect(await answer(next, TRUE)).toMatchObject({ status: 200 });
    const view = await vehicle(vrm);
    expect(view).toMatchObject({ odometerMiles: TRUE, odometerConfirmed: true });
    expect(view.readings.filter(({ struckOutBy }) => struckOutBy !== null)).toMatchObject([
      { miles: 999_999, struckOutBy: proposed.body.id },
    ]);
    expect(view.readings).toHaveLength(4);
  });

  it('leaves an entry in the access log for each step, with its person', async () => {
    const vrm = mark();
    await answer(await job(vrm, TRUE), 999_999);
    const { body } = await strikeOut(vrm, 999_999);
    await ben.post(at(vrm, `/corrections/${String(body.id)}/confirm`), {});
    const lines = await fleet.rows(
      `select owning_force, person, operation, reason from access_log where reason like '%' || $1 order by reason desc`,
      [body.id],
    );
    expect(lines).toEqual([
      {
        owning_force: force,
        person: 'ann',
        operation: 'alteration',
        reason: `odometer strike-out proposed: ${String(body.id)}`,
      },
      {
        owning_force: force,
        person: 'ben',
        operation: 'alteration',
        reason: `odometer strike-out confirmed: ${String(body.id)}`,
      },
    ]);
  });

  it('starts a new series for a new instrument, at the miles that it shows', async () => {
    const vrm = mark();
    await answer(await job(vrm, 90_000), 90_000);
    const { body } = await ann.post(at(vrm, '/corrections'), {
      kind: 'new-instrument',
      miles: 12,
      reason: 'Cluster replaced by the maker.',
    });
    const next = await job(vrm, 40);
    expect(await answer(next, 40)).toMatchObject({ status: 422 });
    expect(await ben.post(at(vrm, `/corrections/${String(body.id)}/confirm`), {})).toMatchObject({
      status: 200,
    });
    expect(await vehicle(vrm)).toMatchObject({ odometerMiles: 12 });
    expect(await answer(next, 40)).toMatchObject({ status: 200 });
    expect(await answer(await job(vrm, 30), 30)).toMatchObject({ status: 422 });
    const view = await vehicle(vrm);
    const began = view.readings.find(({ taken }) => taken === 'new-instrument')!;
    expect(
      await ann.post(at(vrm, '/corrections'), { kind: 'strike-out', reading: began.id, reason: REASON }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/reading', code: 'OfANewInstrument' }] },
    });
    expect(view.odometerMiles).toBe(40);
    expect(view.readings.filter(({ taken }) => taken !== 'on-arrival')).toMatchObject([
      { series: 2, miles: 40, taken: 'when-finished' },
      { series: 2, miles: 12, taken: 'new-instrument' },
      { series: 1, miles: 90_000, taken: 'when-finished' },
    ]);
  });

  it('changes nothing when it is refused, and can be proposed again', async () => {
    const vrm = mark();
    await answer(await job(vrm, TRUE), 999_999);
    const { body } = await strikeOut(vrm, 999_999);
    expect(await strikeOut(vrm, 999_999)).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } });
    const refused = await ben.post(at(vrm, `/corrections/${String(body.id)}/refuse`), {
      reason: 'The photograph shows it.',
    });
    expect(refused).toMatchObject({
      status: 200,
      body: { state: 'refused', refusal: 'The photograph shows it.' },
    });
    expect(await vehicle(vrm)).toMatchObject({ odometerMiles: 999_999 });
    expect(await strikeOut(vrm, 999_999)).toMatchObject({ status: 201 });
  });

  it('is carried out once when two people confirm it at the same moment', async () => {
    const vrm = mark();
    await answer(await job(vrm, 90_000), 90_000);
    const { body } = await ann.post(at(vrm, '/corrections'), {
      kind: 'new-instrument',
      miles: 12,
      reason: 'Cluster replaced.',
    });
    const cat = await fleet.staff('supervisor', { person: 'cat' });
    const confirm = at(vrm, `/corrections/${String(body.id)}/confirm`);
    const replies = await Promise.all([ben.post(confirm, {}), cat.post(confirm, {})]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await vehicle(vrm)).readings.filter(({ taken }) => taken === 'new-instrument')).toMatchObject([
      { series: 2 },
    ]);
  });

  it.each([
    ['without a reason', { kind: 'new-instrument', miles: 1 }, '/reason'],
    ['as a strike-out without a reading', { kind: 'strike-out', reason: REASON }, '/reading'],
    [
      'for a reading that does not exist',
      { kind: 'strike-out', reading: newId(), reason: REASON },
      '/reading',
    ],
    [
      'as a strike-out with new miles',
      { kind: 'strike-out', reading: newId(), miles: 7, reason: REASON },
      '/miles',
    ],
    ['of an unknown kind', { kind: 'delete', reason: REASON }, '/kind'],
  ])('is refused %s', async (_, body, pointer) => {
    const vrm = mark();
    await job(vrm, 1);
    expect(await ann.post(at(vrm, '/corrections'), body)).toMatchObject({
      status: 400,
      contentType: expect.stringContaining('application/problem+json'),
      body: { code: 'invalid-request', errors: [{ pointer }] },
    });
  });

  it('is refused to staff without access to the force, and to an auditor', async () => {
    const vrm = mark();
    await answer(await job(vrm, TRUE), 999_999);
    const reading = await readingOf(vrm, 999_999);
    const { body } = await strikeOut(vrm, 999_999);
    const stranger = await fleet.staff('caseworker', { person: 'eve', forces: [fleet.forces[1]] });
    const proposal = { kind: 'strike-out', reading, reason: REASON };
    for (const [path, sent] of [
      [at(vrm, '/corrections'), proposal],
      [at(vrm, `/corrections/${String(body.id)}/confirm`), {}],
      [at(vrm, `/corrections/${String(body.id)}/refuse`), { reason: 'no' }],
      // Another force, which the stranger may see, has another vehicle with the same mark.
      [`/v1/vehicles/${fleet.forces[1]}/${vrm}/corrections`, proposal],
    ] as const) {
      expect(await stranger.post(path, sent)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    expect(await stranger.get(at(vrm))).toMatchObject({ status: 404 });
    expect(await ann.get(at('A%00B'))).toMatchObject({ status: 404 });
    const auditor = await fleet.staff('auditor', { person: 'aud' });
    expect(await auditor.get(at(vrm))).toMatchObject({ status: 200 });
    expect(await auditor.post(at(vrm, '/corrections'), proposal)).toMatchObject({ status: 403 });
    expect(await vehicle(vrm)).toMatchObject({ odometerMiles: 999_999 });
  });
});
