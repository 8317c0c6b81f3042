import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './crime-recording.unit.ts';

const CONCURRENT = 20;

let register: RecordsInDatabase;
beforeAll(async () => {
  register = await RecordsInDatabase.open(unit, CONCURRENT);
});
afterAll(() => register.close());

async function recorded(force: string): Promise<string> {
  const report = register.request(force, 'crime-report');
  await register.arrive(report);
  return String((await register.answer(report))['crimeReference']);
}

const year = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric' }).format(
  new Date(),
);

describe('the serial of a crime', () => {
  it('has no gap and no double under concurrent answers, some of which are rolled back', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: CONCURRENT }, (_, index) =>
        register.answer(register.request('hertfordshire', 'crime-report'), {}, () => {
          if (index % 4 === 3) throw new Error('rolled back');
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    const references = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value['crimeReference']] : [],
    );
    const expected = Array.from({ length: 15 }, (_, index) => `41/${index + 1}/${year}`);
    expect(new Set(references)).toEqual(new Set(expected));
    expect(references).toHaveLength(15);
    const rows = await register.rows('hertfordshire', 'select serial from crime order by serial');
    expect(rows.map(({ serial }) => serial)).toEqual(expected.map((_, index) => index + 1));
  });

  it('is counted apart for each force', async () => {
    expect(await recorded('bedfordshire')).toBe(`40/1/${year}`);
    expect(await recorded('cambridgeshire')).toBe(`35/1/${year}`);
    expect(await recorded('bedfordshire')).toBe(`40/2/${year}`);
  });

  it('is not spent on what is not a crime, nor on an offence that does not exist', async () => {
    const before = await register.rows('cambridgeshire', 'select last_serial from crime_serial');
    const report = register.request('cambridgeshire', 'crime-report');
    expect(
      await register.answer(report, {
        decision: 'not-a-crime',
        offenceCode: undefined,
        reasons: 'Nothing was taken.',
      }),
    ).toEqual({});
    await expect(
      register.answer(report, { decision: 'not-a-crime', reasons: undefined }),
    ).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    await expect(register.answer(report, { offenceCode: '999/99' })).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/offenceCode', code: 'NoSuchOffence' }] },
    });
    await expect(register.answer(report, { offenceCode: undefined })).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    expect(await register.rows('cambridgeshire', 'select last_serial from crime_serial')).toEqual(before);
  });
});

describe('a register that was restored to an earlier moment', () => {
  it('has again what its force was told, and gives the references behind it', async () => {
    const { records } = register;
    const told = register.request('bedfordshire', 'crime-report');
    const cancelled = register.request('bedfordshire', 'crime-cancellation', {
      crimeReference: `40/70/${year}`,
    });
    await register.database.transaction(['bedfordshire'], async (client) => {
      await records.onArrival(client, [told, cancelled]);
      const isRecorded = [
        await records.onCaughtUp(client, {
          request: told,
          answer: { decision: 'recorded', offenceCode: '001/00', crimeReference: `40/70/${year}` },
        }),
        await records.onCaughtUp(client, {
          request: cancelled,
          answer: { decision: 'cancelled', decidedAs: 'designated-decision-maker', onRegister: true },
        }),
      ];
      expect(isRecorded).toEqual([true, true]);
    });
    expect(await register.read(told)).toMatchObject({ reference: `40/70/${year}`, state: 'cancelled' });
    expect(await recorded('bedfordshire')).toBe(`40/71/${year}`);
  });
});

describe('a recorded crime', () => {
  it('leaves the statistics when it is cancelled, and is cancelled once', async () => {
    const crimeReference = await recorded('bedfordshire');
    const cancellation = register.request('bedfordshire', 'crime-cancellation', { crimeReference });
    const again = register.request('bedfordshire', 'crime-cancellation', { crimeReference });
    await register.arrive(cancellation, again);
    expect(await register.read(cancellation)).toMatchObject({ reference: crimeReference, state: 'recorded' });
    expect(await register.answer(cancellation)).toEqual({ onRegister: true });
    expect(await register.read(cancellation)).toMatchObject({ state: 'cancelled' });
    await expect(register.answer(again)).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/answer/decision', code: 'TheCrimeHasLeftTheRegister' }] },
    });
  });

  it('is cancelled by one of two answers that are given together, and the other is told why not', async () => {
    const crimeReference = await recorded('bedfordshire');
    const two = [1, 2].map(() => register.request('bedfordshire', 'crime-cancellation', { crimeReference }));
    await register.arrive(...two);
    const answered = two.map((request) => ({
      request,
      answer: { decision: 'cancelled', decidedAs: 'designated-decision-maker' },
    }));
    const faults = await register.database.transaction(['bedfordshire'], async (client) =>
      register.records.answerFaults(client, answered),
    );
    expect(faults).toMatchObject([[], [{ pointer: '/answer/decision', code: 'TheCrimeHasLeftTheRegister' }]]);
  });

  it('is found under its reference in capital letters', async () => {
    // A force without a code of its own is named by its slug.
    const crimeReference = await recorded('elsewhere');
    expect(crimeReference).toMatch(/^elsewhere\//);
    const cancellation = register.request('elsewhere', 'crime-cancellation', {
      crimeReference: crimeReference.toUpperCase(),
    });
    await register.arrive(cancellation);
    expect(await register.read(cancellation)).toMatchObject({
      reference: crimeReference,
      state: 'recorded',
      changes: [{ outcome: 'pending' }],
    });
    expect(await register.answer(cancellation)).toEqual({ onRegister: true });
    expect(await register.read(cancellation)).toMatchObject({ state: 'cancelled' });
  });

  it('stays as it is when the cancellation is not agreed', async () => {
    const crimeReference = await recorded('bedfordshire');
    const cancellation = register.request('bedfordshire', 'crime-cancellation', { crimeReference });
    await register.arrive(cancellation);
    await register.answer(cancellation, { decision: 'kept' });
    expect(await register.read(cancellation)).toMatchObject({
      state: 'recorded',
      changes: [{ outcome: 'kept' }],
    });
  });

  it('stays with the sender until the receiver accepts, with a reference', async () => {
    const crimeReference = await recorded('bedfordshire');
    const transfer = register.request('bedfordshire', 'crime-transfer', { crimeReference });
    await register.arrive(transfer);
    expect(await register.read(transfer)).toMatchObject({
      state: 'recorded',
      changes: [{ outcome: 'pending' }],
    });
    await expect(register.answer(transfer, { receiverReference: undefined })).rejects.toMatchObject({
      code: 'invalid-payload',
    });
    expect(await register.read(transfer)).toMatchObject({ state: 'recorded' });
    expect(await register.answer(transfer)).toEqual({ onRegister: true });
    expect(await register.read(transfer)).toMatchObject({
      state: 'transferred',
      changes: [{ outcome: 'accepted' }],
    });
  });

  it("is out of another force's reach", async () => {
    const crimeReference = await recorded('bedfordshire');
    const foreign = register.request('hertfordshire', 'crime-cancellation', { crimeReference });
    await register.arrive(foreign);
    expect(await register.answer(foreign)).toEqual({ onRegister: false });
    expect(
      await register.rows('bedfordshire', `select state from crime where reference = '${crimeReference}'`),
    ).toEqual([{ state: 'recorded' }]);
  });
});
