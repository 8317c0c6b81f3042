import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServiceDatabase, type ServiceDatabase } from '#testing';
import { Database, databaseHealth, migrate, type Migration } from './index.ts';

const step = (name: string): Migration => ({
  name,
  up: (role) => `create table "${name}" (id int); grant select on "${name}" to ${role};`,
});
const first = step('first-001-thing');
const second = step('second-001-other');

describe('readiness of a database', () => {
  let created: ServiceDatabase;
  let database: Database;
  const owner = async (sql: string): Promise<void> => {
    const opened = await Database.open({ url: created.ownerUrl, applicationName: 'readiness-owner' });
    await opened.transaction([], (client) => client.query(sql));
    await opened.close();
  };

  beforeAll(async () => {
    created = await createServiceDatabase({ service: 'readiness', migrations: [first] });
    database = await Database.open({ url: created.appUrl, applicationName: 'readiness-test' });
  });
  afterAll(async () => {
    await database.close();
    await created.drop();
  });

  it('is given when every declared migration has been applied', async () => {
    expect(await databaseHealth(database, [first]).check()).toEqual({ ok: true });
  });

  it('is not given to a service that is ahead of its database until the database is migrated', async () => {
    const ahead = databaseHealth(database, [first, second]);
    expect(await ahead.check()).toEqual({ ok: false, detail: 'migrations are missing' });
    await migrate(created.ownerUrl, [first, second], 'readiness_app');
    expect(await ahead.check()).toEqual({ ok: true });
    // A replica of the previous version continues to serve.
    expect(await databaseHealth(database, [first]).check()).toEqual({ ok: true });
  });

  it('is not given by a database whose migrations cannot be read', async () => {
    await owner('revoke select on migration from readiness_app');
    expect(await databaseHealth(database, [first]).check()).toEqual({
      ok: false,
      detail: 'migrations are missing',
    });
    await migrate(created.ownerUrl, [first, second], 'readiness_app');
    expect(await databaseHealth(database, [first]).check()).toEqual({ ok: true });
    await owner('alter table migration rename to elsewhere');
    expect((await databaseHealth(database, [first]).check()).ok).toBe(false);
  });

  it('is not given by a database that is closed', async () => {
    const gone = await Database.open({ url: created.appUrl, applicationName: 'readiness-gone' });
    await gone.close();
    expect(await databaseHealth(gone, [first]).check()).toEqual({
      ok: false,
      detail: 'PostgreSQL does not answer',
    });
  });
});
