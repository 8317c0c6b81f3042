import { expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { Database, migrate } from '#persistence';
import { createServiceDatabase } from '#testing';
import { unitMigrations } from '#unit';
import unit from './firearms-licensing.unit.ts';

const FORCE = 'bedfordshire';

it('adds to each certificate of an earlier release the holder that its corrected request names', async () => {
  const migrations = unitMigrations(unit);
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name.endsWith('002-certificate-holder')),
  );
  const created = await createServiceDatabase({ service: unit.slug, migrations: before });
  const [plain, corrected] = [newId(), newId()];
  const run = async <Row extends object>(
    statements: readonly (readonly [string, readonly unknown[]])[],
  ): Promise<Row[]> => {
    const database = await Database.open({ url: created.appUrl, applicationName: 'test' });
    const rows = await database.transaction([FORCE], async (client) => {
      let last: Row[] = [];
      for (const [text, values] of statements) last = (await client.query<Row>(text, [...values])).rows;
      return last;
    });
    await database.close();
    return rows;
  };
  const insertRequest = (id: string, applicant: string): readonly [string, readonly unknown[]] => [
    `insert into request (owning_force, id, type, version, force_reference, unit_reference, payload, content_hash, received_at, arrived_at,
       channel, submitted_by, agreement_id)
     values ($1, $2, 'certificate-grant', 1, $3, $3, $4, 'hash', now(), now(), 'rest', 'force', 'agreement')`,
    [FORCE, id, `REF-${id}`, { applicant, bornOn: '1961-02-14' }],
  ];
  const insertCertificate = (id: string, number: string): readonly [string, readonly unknown[]] => [
    `insert into certificate (owning_force, number, kind, starts_on, expires_on, granted_by) values ($1, $2, 'shotgun', '2026-01-01', '2031-01-01', $3)`,
    [FORCE, number, id],
  ];
  await run([
    ...[
      insertRequest(plain, 'A. Plain'),
      insertCertificate(plain, 'ONE'),
      insertRequest(corrected, 'B. Wrong'),
      insertCertificate(corrected, 'TWO'),
    ],
    [
      `insert into correction (owning_force, id, request_id, version, corrected, payload, reason, corrected_by, at)
       values ($1, $2, $3, 2, $4, $5, 'typo', 'force', now())`,
      [FORCE, newId(), corrected, { applicant: 'B. Right' }, { applicant: 'B. Right', bornOn: '1961-02-14' }],
    ],
    insertCertificate(newId(), 'OLD'),
  ]);
  await migrate(created.ownerUrl, migrations, new URL(created.appUrl).username);
  const rows = await run([
    [`select number, holder, holder_born_on::text as born from certificate order by number`, []],
  ]);
  await created.drop();
  expect(rows).toEqual([
    { number: 'OLD', holder: null, born: null },
    { number: 'ONE', holder: 'A. Plain', born: '1961-02-14' },
    { number: 'TWO', holder: 'B. Right', born: '1961-02-14' },
  ]);
});
