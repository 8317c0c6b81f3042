import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsInDatabase } from '#testing';
import unit from './crime-recording.unit.ts';

const CONCURRENT = 20;

let register: RecordsInDatabase;
beforeAll(async () => {
  register = await RecordsInDatabase.open(unit, CONCURRENT);
});
afterAll(() => register.close());

async function recordCrime(force: string): Promise<string> {
  const report = register.request(force, 'crime-report');
  await register.arrive(report);
  return String((await register.answer(report))['crimeReference']);
}

const year = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric' }).format(
  new Date(),
);

describe('the serial of a crime', () => {
  it('has no gap and no repeat under concurrent answers, some of which are rolled back', async () => {
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

  it('is counted separately for each force', async () => {
    expect(await recordCrime('bedfordshire')).toBe(`40/1/${year}`);
    expect(await recordCrime('cambridgeshire')).toBe(`35/1/${year}`);
    expect(await recordCrime('bedfordshire')).toBe(`40/2/${year}`);
  });

  it('is not used for a report that is not a crime or has an unknown offence code', async () => {
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
  it('has the crimes again that its force was notified of, and continues with the next reference', async () => {
    const { records } = register;
    const report = register.request('bedfordshire', 'crime-report');
    const cancelled = register.request('bedfordshire', 'crime-cancellation', {
      crimeReference: `40/70/${year}`,
    });
    await register.database.transaction(['bedfordshire'], async (client) => {
      await records.onArrival(client, [report, cancelled]);
      const isRecorded = [
        await records.onCaughtUp(client, {
          request: report,
          answer: { decision: 'recorded', offenceCode: '001/00', crimeReference: `40/70/${year}` },
        }),
        await records.onCaughtUp(client, {
          request: cancelled,
          answer: { decision: 'cancelled', decidedAs: 'designated-decision-maker', onRegister: true },
        }),
      ];
      expect(isRecorded).toEqual([true, true]);
    });
    expect(await register.read(report)).toMatchObject({ reference: `40/70/${year}`, state: 'cancelled' });
    expect(await recordCrime('bedfordshire')).toBe(`40/71/${year}`);
  });
});

describe('a recorded crime', () => {
  it('leaves the statistics when it is cancelled, and is cancelled once', async () => {
    const crimeReference = await recordCrime('bedfordshire');
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

  it('is cancelled by one of two answers that are given together, and the other is refused with the reason', async () => {
    const crimeReference = await recordCrime('bedfordshire');
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
    // A force without a code has its slug in the reference.
    const crimeReference = await recordCrime('elsewhere');
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

  it('stays on the register when the cancellation is refused', async () => {
    const crimeReference = await recordCrime('bedfordshire');
    const cancellation = register.request('bedfordshire', 'crime-cancellation', { crimeReference });
    await register.arrive(cancellation);
    await register.answer(cancellation, { decision: 'kept' });
    expect(await register.read(cancellation)).toMatchObject({
      state: 'recorded',
      changes: [{ outcome: 'kept' }],
    });
  });

  it('stays with the sending force until the receiving force accepts it with a reference', async () => {
    const crimeReference = await recordCrime('bedfordshire');
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

  it('cannot be cancelled by another force', async () => {
    const crimeReference = await recordCrime('bedfordshire');
    const foreign = register.request('hertfordshire', 'crime-cancellation', { crimeReference });
    await register.arrive(foreign);
    expect(await register.answer(foreign)).toEqual({ onRegister: false });
    expect(
      await register.rows('bedfordshire', `select state from crime where reference = '${crimeReference}'`),
    ).toEqual([{ state: 'recorded' }]);
  });
});

describe('a request about a crime', () => {
  it('leads to its report and the other requests to change it, in any letters, within its force', async () => {
    const report = register.request('bedfordshire', 'crime-report');
    await register.arrive(report);
    const reference = String((await register.answer(report))['crimeReference']);
    const about = (force: string, type: string, minute: number, crimeReference = reference) => ({
      ...register.request(force, type, { crimeReference }),
      receivedAt: new Date(Date.now() + minute * 60_000).toISOString(),
    });
    const [cancellation, transfer, another, theirs] = [
      about('bedfordshire', 'crime-cancellation', 1),
      about('bedfordshire', 'crime-transfer', 2, reference.toLowerCase()),
      about('bedfordshire', 'crime-transfer', 3, '40/99999/2026'),
      about('cambridgeshire', 'crime-transfer', 4),
    ];
    await register.arrive(cancellation, transfer, another, theirs);
    const ids = async (...asked: Parameters<typeof register.related>): Promise<string[]> =>
      (await register.related(...asked)).map(({ requestId }) => requestId);
    expect(await register.related(report)).toEqual([
      { requestId: transfer.id, summary: `A request to transfer the crime ${reference.toLowerCase()}` },
      { requestId: cancellation.id, summary: `A request to cancel the crime ${reference}` },
    ]);
    expect(await ids(cancellation)).toEqual([transfer.id, report.id]);
    expect(await ids(transfer)).toEqual([cancellation.id, report.id]);
    expect(await ids(another)).toEqual([]);
    expect(await ids(theirs)).toEqual([]);
    expect(await ids(report, 'cambridgeshire')).toEqual([]);
  });
});
