import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testServers, uniqueSlug } from '#testing';
import { provideDatabases, type ServiceUrls } from './databases.ts';
import { databaseNames } from './deployment.ts';

const SERVICE = uniqueSlug('limits');
const { database, owner, application } = databaseNames(SERVICE);

describe('the databases of services', () => {
  let urls: ServiceUrls;
  const { pgUrl } = testServers();
  const provide = async (): Promise<void> => {
    urls = (await provideDatabases(pgUrl, [SERVICE], () => 'for-tests-only')).get(SERVICE) as ServiceUrls;
  };
  /** An administrator connects to any database and has no settings of their own. */
  const administratorUrl = (): string => {
    const url = new URL(pgUrl);
    url.pathname = `/${database}`;
    return url.href;
  };
  const inSession = async <Result>(
    url: string,
    work: (client: pg.Client) => Promise<Result>,
  ): Promise<Result> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const limitsOf = (url: string): Promise<unknown> =>
    inSession(url, async (client) => {
      const { rows } = await client.query(
        `select current_setting('idle_in_transaction_session_timeout') as idle, current_setting('transaction_timeout') as open`,
      );
      return rows[0] as unknown;
    });

  beforeAll(provide);
  afterAll(() =>
    inSession(pgUrl, async (client) => {
      await client.query(`drop database if exists ${database} with (force)`);
      for (const role of [owner, application]) await client.query(`drop role if exists ${role}`);
    }),
  );

  it('end a forgotten transaction, also of an administrator, but let a migration take its time', async () => {
    expect(await limitsOf(urls.applicationUrl)).toEqual({ idle: '1min', open: '5min' });
    expect(await limitsOf(administratorUrl())).toEqual({ idle: '1min', open: '5min' });
    expect(await limitsOf(pgUrl)).toEqual({ idle: '1min', open: '5min' });
    expect(await limitsOf(urls.migrationUrl)).toEqual({ idle: '1min', open: '0' });
  });

  it('keep and apply limits that somebody has already set', async () => {
    await inSession(administratorUrl(), (client) =>
      client.query(`alter database ${database} set idle_in_transaction_session_timeout = '100ms'`),
    );
    await provide();
    const why = await inSession(administratorUrl(), async (client) => {
      const ended = new Promise<unknown>((resolve) => client.once('error', resolve));
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      return ended;
    });
    expect(String(why)).toContain('idle-in-transaction timeout');
  });
});
