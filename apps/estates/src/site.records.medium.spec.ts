import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './estates.unit.ts';

let estates: RecordsInDatabase;
beforeAll(async () => {
  estates = await RecordsInDatabase.open(unit);
});
afterAll(() => estates.close());

const FORCE = 'hertfordshire';

describe('a cell with a ligature point', () => {
  it('is closed as soon as it is reported, and opens when the ligature point is removed', async () => {
    const fault = estates.request(FORCE, 'fault-repair', { site: 'CUS-01', cell: 'M1' });
    await estates.arrive(fault);
    expect(await estates.read(fault)).toMatchObject({
      site: 'CUS-01',
      closedCells: ['M1'],
      cell: { state: 'closed' },
    });
    await expect(estates.answer(fault, { ligaturePointRemoved: undefined })).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    expect(await estates.answer(fault)).toEqual({ cell: 'M1', cellState: 'open' });
    expect(await estates.read(fault)).toMatchObject({ closedCells: [], cell: { state: 'open' } });
  });

  it('stays closed when the work did not remove the ligature point', async () => {
    const fault = estates.request(FORCE, 'fault-repair', { site: 'CUS-02', cell: 'M1' });
    await estates.arrive(fault);
    expect(await estates.answer(fault, { ligaturePointRemoved: false })).toEqual({
      cell: 'M1',
      cellState: 'closed',
    });
  });

  it('stays closed until the last of two ligature points is removed', async () => {
    const [one, two] = [
      estates.request(FORCE, 'fault-repair', { site: 'CUS-03' }),
      estates.request(FORCE, 'fault-repair', { site: 'CUS-03' }),
    ];
    await estates.arrive(one, two);
    expect(await estates.answer(one)).toMatchObject({ cellState: 'closed' });
    expect(await estates.answer(two)).toMatchObject({ cellState: 'open' });
  });

  it('is the same cell in small letters: it stays closed until the last of two is removed', async () => {
    const [one, two] = [
      estates.request(FORCE, 'fault-repair', { site: 'CUS-06', cell: 'M4' }),
      estates.request(FORCE, 'fault-repair', { site: 'CUS-06', cell: 'm4' }),
    ];
    const drain = estates.request(FORCE, 'fault-repair', {
      site: 'CUS-06',
      cell: 'm4',
      ligaturePoint: false,
    });
    await estates.arrive(one, two, drain);
    expect(await estates.answer(two)).toEqual({ cell: 'm4', cellState: 'closed' });
    expect(await estates.read(drain)).toMatchObject({
      closedCells: ['M4'],
      cell: { name: 'm4', state: 'closed', closures: [{}, {}] },
    });
    expect(await estates.answer(one)).toEqual({ cell: 'M4', cellState: 'open' });
  });

  it('is shown with every request about the site, but to no other force', async () => {
    const closing = estates.request(FORCE, 'fault-repair', { site: 'CUS-04', cell: 'F2' });
    const other = estates.request(FORCE, 'access-request', { site: 'CUS-04' });
    await estates.arrive(closing, other);
    expect(await estates.read(other)).toEqual({ site: 'CUS-04', closedCells: ['F2'] });
    expect(await estates.read(other, 'bedfordshire')).toMatchObject({ closedCells: [] });
  });
});

describe('a fault without a ligature point', () => {
  it('closes nothing', async () => {
    const fault = estates.request(FORCE, 'fault-repair', {
      site: 'CUS-05',
      cell: 'M9',
      ligaturePoint: false,
    });
    await estates.arrive(fault);
    expect(await estates.answer(fault)).toEqual({});
    expect(await estates.read(fault)).toMatchObject({ cell: { name: 'M9', state: 'open' } });
  });
});

describe('a request for access', () => {
  it('cannot be refused without a reason', async () => {
    const access = estates.request(FORCE, 'access-request');
    await estates.arrive(access);
    const refused = { decision: 'refused', passNumber: undefined, passEndsOn: undefined };
    await expect(estates.answer(access, refused)).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/reasons' }] },
    });
  });

  it('gives no pass when it is refused', async () => {
    const access = estates.request(FORCE, 'access-request');
    await estates.arrive(access);
    await expect(
      estates.answer(access, { decision: 'refused', reasons: 'No escort.' }),
    ).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/passNumber' }, { pointer: '/answer/passEndsOn' }] },
    });
  });
});

describe('a request about a site', () => {
  it('shows the other open faults of the site, newest first, and those of no other force', async () => {
    const at = (minute: number) => ({
      receivedAt: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
    });
    const fault = (site: string, description: string, minute: number, force = FORCE) => ({
      ...estates.request(force, 'fault-repair', { site, description, ligaturePoint: false }),
      ...at(minute),
    });
    const [old, long, mended] = [
      fault('REL-01', 'The door does not close.', 1),
      fault('REL-01', 'x'.repeat(500), 2),
      fault('REL-01', 'Mended.', 3),
    ];
    const access = estates.request(FORCE, 'access-request', { site: 'REL-01' });
    const elsewhere = fault('REL-02', 'Another site.', 4);
    const theirs = fault('REL-01', 'Another force.', 5, 'bedfordshire');
    await estates.arrive(old, long, mended, access, elsewhere, theirs);
    await estates.store({ state: 'answered', requests: [mended] });
    await estates.store({ state: 'queued', requests: [old, long, access, elsewhere, theirs] });
    expect(await estates.related(access)).toEqual([
      { requestId: long.id, summary: `${'x'.repeat(119)}…` },
      { requestId: old.id, summary: 'The door does not close.' },
    ]);
    expect(await estates.related(old)).toMatchObject([{ requestId: long.id }]);
    expect(await estates.related(access, 'bedfordshire')).toEqual([]);
  });
});
