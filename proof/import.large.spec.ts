import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { ROOT } from '../deploy/local/deployment.ts';
import { ForceSide } from './outside/force-side.ts';
import { RunningSystem } from './outside/running-system.ts';

interface Report {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly notCrimes: number;
  readonly refused: number;
  readonly byForce: Readonly<Record<string, Omit<Report, 'byForce' | 'seconds'>>>;
  readonly seconds: number;
}

const system = new RunningSystem();
const bedfordshire = new ForceSide('bedfordshire', system);
const hertfordshire = new ForceSide('hertfordshire', system);
const newCrimeId = (): string => randomBytes(32).toString('hex');
const [plain, unlocated, elsewhere] = [newCrimeId(), newCrimeId(), newCrimeId()];

const HEADER =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';
const PLACE = '-0.576539,51.865157,On or near Invented Close,E01000000,Invented 001A';
const BEDFORDSHIRE = 'Bedfordshire Police';
const HERTFORDSHIRE = 'Hertfordshire Constabulary';
const NO_CHANGE = 'Status update unavailable,';
const rowOf = (id: string, reportedBy: string, fallsWithin: string, rest: string): string =>
  `${id},2018-10,${reportedBy},${fallsWithin},${rest}`;
/** Each row shows one peculiarity of the published files. The comments give its line in the file. */
const ROWS = [
  // 2
  rowOf(plain, BEDFORDSHIRE, BEDFORDSHIRE, `${PLACE},Burglary,${NO_CHANGE}`),
  // 3: an incident, not a crime
  rowOf('', BEDFORDSHIRE, BEDFORDSHIRE, `${PLACE},Anti-social behaviour,,`),
  // 4: no coordinates, no LSOA
  rowOf(unlocated, BEDFORDSHIRE, BEDFORDSHIRE, `,,No Location,,,Drugs,${NO_CHANGE}`),
  // 5: line 2 again
  rowOf(plain, BEDFORDSHIRE, BEDFORDSHIRE, `${PLACE},Burglary,${NO_CHANGE}`),
  // 6: the id of line 2 with different content
  rowOf(plain, BEDFORDSHIRE, BEDFORDSHIRE, `${PLACE},Robbery,${NO_CHANGE}`),
  // 7: cut off
  `${newCrimeId()},2018-10,${BEDFORDSHIRE}`,
  // 8: a force that is not served
  rowOf(newCrimeId(), 'Invented Constabulary', 'Invented Constabulary', `${PLACE},Burglary,,`),
  // 9: in another force's district
  rowOf(elsewhere, HERTFORDSHIRE, BEDFORDSHIRE, `${PLACE},Burglary,,`),
  // 10: the id of line 2, from another force
  rowOf(plain, HERTFORDSHIRE, HERTFORDSHIRE, `${PLACE},Burglary,,`),
];

let folder: string;
let file: string;

beforeAll(async () => {
  await system.untilReady();
  folder = await mkdtemp(join(tmpdir(), 'concordat-import-'));
  file = join(folder, '2018-10-invented-street.csv');
  await writeFile(file, [HEADER, ...ROWS, ''].join('\n'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([bedfordshire.close(), hertfordshire.close()]);
  system.close();
});

/** Runs the command as a person would. */
function runImport(
  ...files: string[]
): Promise<{ code: number; lines: string[]; report: Report; said: string }> {
  return new Promise((resolve) => {
    const args = ['run', '-s', 'import', '--', 'police-street', ...files, '--json', '--run', system.file];
    execFile('npm', args, { cwd: ROOT }, (error, stdout, stderr) => {
      const lines = stdout.trim().split('\n');
      const report = JSON.parse(lines.at(-1) || '{}') as Report;
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, lines, report, said: stderr });
    });
  });
}

const sumOf = ({
  accepted,
  duplicate,
  conflict,
  notCrimes,
  refused,
}: Omit<Report, 'byForce' | 'seconds'>): number => accepted + duplicate + conflict + notCrimes + refused;

describe('the import of published street-level rows, as a process against the running system', () => {
  it('accounts for every row, and exits with 0 when every peculiarity has its own outcome', async () => {
    const { code, lines, report, said } = await runImport(file);
    expect(lines).toHaveLength(1);
    expect(report).toMatchObject({
      rows: 9,
      accepted: 4,
      duplicate: 1,
      conflict: 1,
      notCrimes: 1,
      refused: 2,
    });
    expect(report.byForce).toMatchObject({
      bedfordshire: { rows: 5, accepted: 2, duplicate: 1, conflict: 1, notCrimes: 1, refused: 0 },
      hertfordshire: { rows: 2, accepted: 2 },
      unknown: { rows: 2, refused: 2 },
    });
    for (const counts of [report, ...Object.values(report.byForce)]) expect(sumOf(counts)).toBe(counts.rows);
    expect(code).toBe(0);
    const name = '2018-10-invented-street.csv';
    expect(said).toContain(`${name}:6: other content under the id of ${name}:2`);
    expect(said).toContain(`${name}:7: refused, malformed line`);
    expect(said).toContain(`${name}:8: refused, "Invented Constabulary" is no force served here`);
  });

  it('brings each crime into the queue of crime recording, as published, for the force that reported it', async () => {
    for (const [side, reference] of [
      [bedfordshire, plain],
      [bedfordshire, unlocated],
      [hertfordshire, elsewhere],
      [hertfordshire, plain],
    ] as const) {
      const queued = async () => {
        const request = await side.find(reference);
        return request?.state === 'queued' ? request : undefined;
      };
      const request = await eventually(queued, { says: `${reference} in the queue` });
      expect(request).toMatchObject({
        unit: 'crime-recording',
        payload: { publishedCrimeId: reference, receiptUnknown: true },
      });
    }
    expect((await bedfordshire.find(plain))?.payload).toMatchObject({ crimeType: 'Burglary' });
    expect(await bedfordshire.find(elsewhere)).toBeUndefined();
    expect((await bedfordshire.find(unlocated))?.payload).not.toHaveProperty('longitude');
  });

  it('keeps the different content of a repeated id as a refusal, and merges it into nothing', async () => {
    const kept = (await bedfordshire.listRefusals()).filter(({ reference }) => reference === plain);
    expect(kept).toMatchObject([{ code: 'reference-conflict', body: { payload: { crimeType: 'Robbery' } } }]);
  });

  it('adds nothing when it runs again', async () => {
    const { code, report } = await runImport(file);
    expect(report).toMatchObject({
      rows: 9,
      accepted: 0,
      duplicate: 5,
      conflict: 1,
      notCrimes: 1,
      refused: 2,
    });
    expect(code).toBe(0);
  });

  it('reports and counts a crime without an id separately, and exits with 1', async () => {
    const lost = join(folder, 'lost.csv');
    const row = (type: string): string =>
      `,2018-10,Bedfordshire Police,Bedfordshire Police,${PLACE},${type},,`;
    await writeFile(lost, [HEADER, row('Anti-social behaviour'), row('Robbery'), ''].join('\n'));
    const { code, report, said } = await runImport(lost);
    expect(report).toMatchObject({ rows: 2, notCrimes: 1, withoutId: 1, accepted: 0 });
    expect(said).toContain('lost.csv:3: a crime without a crime id');
    expect(code).toBe(1);
  });

  it('explains the problem and sends nothing when a file has another format', async () => {
    const other = join(folder, 'other.csv');
    await writeFile(other, 'a,b,c\n1,2,3\n');
    const { code, said } = await runImport(file, other);
    expect(code).toBe(2);
    expect(said).toContain('not a street-level file');
  });
});
