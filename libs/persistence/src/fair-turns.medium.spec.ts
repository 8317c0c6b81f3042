import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServiceDatabase, type ServiceDatabase } from '#testing';
import { Database } from './index.ts';

describe('a database whose connections are all in use', () => {
  let created: ServiceDatabase;
  let database: Database;

  beforeAll(async () => {
    created = await createServiceDatabase({ service: 'turns', migrations: [] });
    database = await Database.open({ url: created.appUrl, applicationName: 'turns-test', poolMax: 1 });
  });
  afterAll(async () => {
    await database.close();
    await created.drop();
  });

  it('serves a force with one call next, before the many earlier calls of another force', async () => {
    const served: string[] = [];
    const ask = (force: string) => database.transaction([force], async () => void served.push(force));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = database.transaction(['north'], () => held);
    const flood = Array.from({ length: 5 }, () => ask('north'));
    const quiet = ask('south');
    release();
    await Promise.all([first, ...flood, quiet]);
    expect(served).toEqual(['north', 'south', 'north', 'north', 'north', 'north']);
  });

  it('reuses the connection of work that failed', async () => {
    await expect(database.transaction(['north'], (client) => client.query('select 1/0'))).rejects.toThrow(
      'division by zero',
    );
    expect(await database.transaction(['north'], async () => 'served')).toBe('served');
  });
});
