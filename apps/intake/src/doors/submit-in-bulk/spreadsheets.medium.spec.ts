import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { repair, startIntake, type Answer, type IntakeUnderTest } from '../../intake.fixture.ts';

let intake: IntakeUnderTest;
beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  await intake.agree();
});
afterAll(() => intake.stop());

const PAYLOAD = repair()['payload'] as Readonly<Record<string, unknown>>;
const FIELDS = Object.keys(PAYLOAD);
const HEADER = ['reference', ...FIELDS.map((field) => `payload.${field}`)];
const row = (changes: Readonly<Record<string, unknown>> = {}): string[] => {
  const fields = { ...PAYLOAD, ...changes };
  return [`R-${newId()}`, ...FIELDS.map((field) => String(fields[field]))];
};

async function upload(rows: readonly (readonly string[])[], separator = ','): Promise<Answer['body']> {
  const token = await intake.identity.forceToken(intake.force);
  const headers = {
    authorization: `Bearer ${token}`,
    'idempotency-key': newId(),
    'content-type': 'text/csv',
  };
  const body = rows.map((cells) => cells.join(separator)).join('\r\n');
  const answer = await fetch(`${intake.url}/v1/bulk?type=vehicle-repair`, { method: 'POST', headers, body });
  return (await answer.json()) as Answer['body'];
}

const resultsOf = async (
  job: unknown,
): Promise<{ line: number; requestId?: string; problem?: { errors: object[] } }[]> => {
  const headers = { authorization: `Bearer ${await intake.identity.forceToken(intake.force)}` };
  const text = await (await fetch(`${intake.url}/v1/bulk/${String(job)}/results`, { headers })).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Awaited<ReturnType<typeof resultsOf>>[number]);
};

describe('CSV from a spreadsheet', () => {
  it('may have empty rows, which are skipped: the lines keep their numbers', async () => {
    const empty = HEADER.map(() => '');
    const job = await upload([
      empty,
      HEADER,
      row(),
      empty,
      ['', ''],
      HEADER.map(() => ' \u00a0'),
      row(),
      empty,
    ]);
    expect(job).toMatchObject({ state: 'finished', accepted: 2, refused: 0 });
    expect((await resultsOf(job['id'])).map(({ line }) => line)).toEqual([3, 7]);
  });

  it('may have TRUE and FALSE, which are read as booleans', async () => {
    const times = { offRoadSince: PAYLOAD['offRoadSince'], offRoadReason: PAYLOAD['offRoadReason'] };
    expect(times).toEqual({ offRoadSince: expect.any(String), offRoadReason: expect.any(String) });
    const job = await upload([
      HEADER,
      row({ offRoad: 'TRUE' }),
      row({ offRoad: 'True' }),
      row({ offRoad: 'FALSE' }),
      row({ offRoad: 'yes' }),
    ]);
    const results = await resultsOf(job['id']);
    const read = await intake.get(`/v1/requests/${String(results[0]?.requestId)}`);
    expect(read.body['payload']).toMatchObject({ offRoad: true });
    expect(results[1]?.requestId).toBeDefined();
    // A rule judges that the vehicle is not off the road, so FALSE was read as a boolean; `yes` is not.
    expect(JSON.stringify(results[2]?.problem?.errors ?? '')).not.toContain('isBoolean');
    expect(results[3]?.problem?.errors).toMatchObject([
      { code: 'isBoolean', column: 'payload.offRoad', detail: 'offRoad must be true or false' },
    ]);
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('with %s is refused as a whole: use commas', async (name, separator) => {
    for (const rows of [
      [HEADER, row()],
      [HEADER.map((cell) => `"${cell}"`), row()],
    ]) {
      const answer = await upload(rows, separator);
      expect(answer).toMatchObject({
        code: 'invalid-request',
        detail: expect.stringMatching(new RegExp(`separated by ${name}.*use commas`)),
      });
    }
  });

  it('with a misspelt column is refused with the nearest name', async () => {
    const answer = await upload([
      ['refrence', 'vrm', 'payload.location', 'colour'],
      ['R-1', 'AB12CDE', 'Yard', 'red'],
    ]);
    expect(answer['errors']).toEqual([
      {
        pointer: '',
        code: 'column',
        column: 'refrence',
        detail: 'is not a column of a submission; did you mean reference?',
      },
      {
        pointer: '',
        code: 'column',
        column: 'vrm',
        detail: 'is not a column of a submission; did you mean payload.vrm?',
      },
      { pointer: '', code: 'column', column: 'colour', detail: 'is not a column of a submission' },
      { pointer: '', code: 'column', column: 'reference', detail: 'is missing' },
    ]);
  });
});
