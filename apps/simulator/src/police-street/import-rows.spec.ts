import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#kernel';
import type { SubmissionBody } from '../attach/force-system.ts';
import { GaveUp } from '#client';
import type { Outcome } from './accounting.ts';
import { linesOf } from './csv-lines.ts';
import { StreetImport, type CrimeReceiver } from './import-rows.ts';
import { COLUMNS } from './street-row.ts';

const FORCES = new Map([
  ['Bedfordshire Police', 'bedfordshire'],
  ['Hertfordshire Constabulary', 'hertfordshire'],
]);
const ID = { first: '1'.repeat(64), second: '2'.repeat(64), third: '3'.repeat(64) };

const crime = (id: string, force = 'Bedfordshire Police', outcome = 'Unable to prosecute suspect'): string =>
  `${id},2018-10,${force},${force},-0.5,51.9,On or near Example Close,E01017716,Exampleton 006D,Burglary,${outcome},`;
const incident = (force = 'Bedfordshire Police'): string =>
  `,2018-10,${force},${force},-0.5,51.9,On or near Example Close,E01017716,Exampleton 006D,Anti-social behaviour,,`;

const file = (name: string, rows: readonly string[]) => ({
  name,
  lines: [COLUMNS.join(','), ...rows].map((text, index) => ({ number: index + 1, text })),
});

/** A substitute for intake that keeps every submission; a reference is unique per force. */
function keepingReceiver(kept = new Map<string, SubmissionBody>()): CrimeReceiver {
  return async (force, submission): Promise<Outcome> => {
    await Promise.resolve();
    const at = `${force}/${submission.reference}`;
    const existing = kept.get(at);
    if (!existing) {
      kept.set(at, submission);
      return { kind: 'accepted' };
    }
    const same = canonicalJson(existing.payload) === canonicalJson(submission.payload);
    return same ? { kind: 'duplicate' } : { kind: 'conflict', with: existing.origin ?? '' };
  };
}

function importer(receive: CrimeReceiver = keepingReceiver()) {
  const notes: string[] = [];
  const street = new StreetImport({
    forces: FORCES,
    receive,
    concurrency: 4,
    note: (sentence) => notes.push(sentence),
  });
  return { street, notes };
}

describe('an import of street-level rows', () => {
  it('accounts for every row: the outcomes sum to the rows, in total and by force', async () => {
    const { street } = importer();
    const rows = [
      crime(ID.first),
      incident(),
      crime(ID.second, 'Hertfordshire Constabulary'),
      crime(ID.third, 'Another Police'),
      'torn,line',
    ];
    await street.run([file('a.csv', rows)]);
    expect(street.accounting.report(1)).toEqual({
      rows: 5,
      accepted: 2,
      duplicate: 0,
      conflict: 0,
      notCrimes: 1,
      withoutId: 0,
      refused: 2,
      byForce: {
        bedfordshire: {
          rows: 2,
          accepted: 1,
          duplicate: 0,
          conflict: 0,
          notCrimes: 1,
          withoutId: 0,
          refused: 0,
        },
        hertfordshire: {
          rows: 1,
          accepted: 1,
          duplicate: 0,
          conflict: 0,
          notCrimes: 0,
          withoutId: 0,
          refused: 0,
        },
        unknown: { rows: 2, accepted: 0, duplicate: 0, conflict: 0, notCrimes: 0, withoutId: 0, refused: 2 },
      },
      seconds: 1,
    });
  });

  it('counts only anti-social behaviour as not a crime, and names every other row without an id', async () => {
    const { street, notes } = importer();
    const lost = crime('').replace('Burglary', 'Robbery');
    await street.run([file('a.csv', [incident(), lost, crime(ID.first)])]);
    expect(street.accounting.report(0)).toMatchObject({
      rows: 3,
      accepted: 1,
      notCrimes: 1,
      withoutId: 1,
      refused: 0,
    });
    expect(notes).toEqual([expect.stringMatching(/^a\.csv:3: .*without a crime id/)]);
  });

  it.each([
    ['n/a', '51.9', 'Longitude'],
    ['-0.48W', '51.9', 'Longitude'],
    ['0x10', '51.9', 'Longitude'],
    ['-0.5', '', 'Latitude'],
    ['', '51.9', 'Longitude'],
    ['-0.5', '1e2', 'Latitude'],
    ['-0.5', 'Infinity', 'Latitude'],
    ['-181', '51.9', 'Longitude'],
  ])('refuses the coordinates "%s" and "%s" with line and column', async (longitude, latitude, column) => {
    const { street, notes } = importer();
    await street.run([
      file('a.csv', [crime(ID.first).replace('-0.5,51.9', `${longitude},${latitude}`), crime(ID.second)]),
    ]);
    expect(street.accounting.report(0)).toMatchObject({ accepted: 1, refused: 1 });
    expect(notes).toEqual([expect.stringMatching(new RegExp(`^a\\.csv:2: refused, .*${column}`))]);
  });

  it('reads a header whose names are quoted', async () => {
    const { street } = importer();
    const quoted = COLUMNS.map((name) => `"${name}"`).join(',');
    const lines = [quoted, crime(ID.first)].map((text, index) => ({ number: index + 1, text }));
    await street.run([{ name: 'a.csv', lines }]);
    expect(street.accounting.report(0)).toMatchObject({ rows: 1, accepted: 1 });
  });

  it('refuses a file by its line when the header is not UTF-8 or has other columns', async () => {
    const { street } = importer();
    const headed = (text: string | null) => [{ name: 'a.csv', lines: [{ number: 1, text }] }];
    await expect(street.run(headed(null))).rejects.toThrow(
      'a.csv: line 1: not valid UTF-8: save the file as UTF-8',
    );
    await expect(street.run(headed('Name,Age'))).rejects.toThrow(
      'a.csv: line 1: not a street-level file of data.police.uk',
    );
  });

  it('names a line that is not UTF-8, and never replaces its bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'street-'));
    const path = join(folder, 'a.csv');
    const cafe = Buffer.from(crime(ID.first).replace('Example Close', 'Caf_'), 'latin1');
    cafe[cafe.indexOf('_')] = 0xe9;
    await writeFile(
      path,
      Buffer.concat([Buffer.from(`${COLUMNS.join(',')}\n`), cafe, Buffer.from(`\n${crime(ID.second)}\n`)]),
    );
    const kept = new Map<string, SubmissionBody>();
    const { street, notes } = importer(keepingReceiver(kept));
    await street.run([{ name: 'a.csv', lines: linesOf(path) }]);
    await rm(folder, { recursive: true });
    expect(street.accounting.report(0)).toMatchObject({ rows: 2, accepted: 1, refused: 1 });
    expect(notes).toEqual([expect.stringMatching(/^a\.csv:2: refused, .*UTF-8/)]);
    expect([...kept.keys()]).toEqual([`bedfordshire/${ID.second}`]);
  });

  it('adds nothing when it runs again', async () => {
    const kept = new Map<string, SubmissionBody>();
    const rows = [crime(ID.first), crime(ID.second), incident()];
    await importer(keepingReceiver(kept)).street.run([file('a.csv', rows)]);
    const again = importer(keepingReceiver(kept));
    await again.street.run([file('a.csv', rows)]);
    expect(again.street.accounting.report(0)).toMatchObject({ accepted: 0, duplicate: 2, notCrimes: 1 });
  });

  it('names both lines when an id is repeated with other content, and keeps the first', async () => {
    const kept = new Map<string, SubmissionBody>();
    const { street, notes } = importer(keepingReceiver(kept));
    await street.run([
      file('a.csv', [
        crime(ID.first),
        crime(ID.second),
        crime(ID.first, 'Bedfordshire Police', 'Offender fined'),
      ]),
    ]);
    expect(street.accounting.report(0)).toMatchObject({ accepted: 2, conflict: 1 });
    expect(notes).toEqual([expect.stringMatching(/^a\.csv:4: .*a\.csv:2/)]);
    expect(kept.get(`bedfordshire/${ID.first}`)?.payload['outcomeCategory']).toBe(
      'Unable to prosecute suspect',
    );
  });

  it('says when two forces report the same id, and keeps the record of each', async () => {
    const { street, notes } = importer();
    await street.run([file('a.csv', [crime(ID.first), crime(ID.first, 'Hertfordshire Constabulary')])]);
    expect(street.accounting.report(0)).toMatchObject({ accepted: 2, conflict: 0 });
    expect(notes).toEqual([expect.stringMatching(/^a\.csv:3: .*hertfordshire.*bedfordshire at a\.csv:2/)]);
  });

  it('names a malformed line and continues: a missing column, an unclosed quote', async () => {
    const { street, notes } = importer();
    await street.run([
      file('a.csv', [
        'only,three,cells',
        crime(ID.first).replace('On or near', '"On or near'),
        crime(ID.second),
      ]),
    ]);
    expect(street.accounting.report(0)).toMatchObject({ rows: 3, accepted: 1, refused: 2 });
    expect(notes).toEqual([
      expect.stringMatching(/^a\.csv:2: .*3 columns/),
      expect.stringMatching(/^a\.csv:3: .*not CSV/),
    ]);
  });

  it('sends the origin as file and line, and the same key for the same content', async () => {
    const sent: { origin?: string; key: string }[] = [];
    const receive: CrimeReceiver = async (_force, { origin }, key) => {
      sent.push({ origin, key });
      return { kind: 'accepted' };
    };
    await importer(receive).street.run([
      file('a.csv', [crime(ID.first)]),
      file('b.csv', [incident(), crime(ID.first)]),
    ]);
    expect(sent.map(({ origin }) => origin)).toEqual(['a.csv:2', 'b.csv:3']);
    expect(sent[0]?.key).toBe(sent[1]?.key);
    expect(sent[0]?.key).toMatch(/^[!-~]{1,128}$/);
  });

  it('reports a row as not accounted for when no definite answer came', async () => {
    const { street } = importer(async () => Promise.reject(new GaveUp('connection refused')));
    await expect(street.run([file('a.csv', [crime(ID.first)])])).rejects.toThrow(
      'a.csv:2: connection refused',
    );
    expect(street.accounting.report(0)).toMatchObject({ rows: 1, accepted: 0, unaccounted: 1 });
  });

  it('refuses a file of another kind, and names its missing columns', async () => {
    const { street } = importer();
    await expect(
      street.run([{ name: 'x.csv', lines: [{ number: 1, text: 'month,force,crime_type,count' }] }]),
    ).rejects.toThrow(/no column Crime ID/);
  });
});
