import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createServiceDatabase, eventually, type ServiceDatabase } from '#testing';
import { Database, OpenTransactionWatch } from './index.ts';

Logger.overrideLogger(false);

describe('a transaction that stays open', () => {
  let watched: ServiceDatabase;
  let elsewhere: ServiceDatabase;
  let database: Database;
  let watch: OpenTransactionWatch;
  const open: pg.Client[] = [];

  const administrator = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: elsewhere.superUrl, application_name: 'forgotten' });
    await client.connect();
    open.push(client);
    return client;
  };
  const detail = async (): Promise<string | undefined> => {
    const { ok, detail: said } = await watch.health().check();
    expect(ok).toBe(true);
    return said;
  };

  beforeAll(async () => {
    [watched, elsewhere] = await Promise.all([
      createServiceDatabase({ service: 'watched', migrations: [] }),
      createServiceDatabase({ service: 'elsewhere', migrations: [] }),
    ]);
    database = await Database.open({ url: watched.appUrl, applicationName: 'watch-test' });
    watch = new OpenTransactionWatch(database, { every: 20, heldFor: 60 });
    watch.start();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.end()));
  });
  afterAll(async () => {
    await watch.stop();
    await database.close();
    await Promise.all([watched.drop(), elsewhere.drop()]);
  });

  it('is reported by readiness with its session and start, even from another database and another role', async () => {
    const client = await administrator();
    const before = Date.now();
    const { rows } = await client
      .query('begin')
      .then(() => client.query('select pg_current_xact_id()::text as xid, pg_backend_pid() as pid'));
    const { xid, pid } = rows[0] as { xid: string; pid: number };
    const said = await eventually(
      async () => (await detail())?.includes(`session ${String(pid)}`) && (await detail()),
    );
    const [, transaction, since] =
      /^transaction (\d+) \(session \d+\) is open, at the latest since (\S+): nothing that is newer is published/.exec(
        said,
      ) ?? [];
    expect(transaction).toBe(xid);
    expect(Date.parse(String(since))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(String(since))).toBeLessThanOrEqual(Date.now());
    // Only the log may name the owner, because readiness is open to everybody.
    expect(said).not.toMatch(/forgotten|postgres|elsewhere/);
    await client.query('commit');
    await eventually(async () => !(await detail())?.includes(xid));
  });

  it('is not reported when it only reads, or when a session is idle outside a transaction as during a backup', async () => {
    const [reader, backup] = [await administrator(), await administrator()];
    await reader.query('begin isolation level repeatable read; select count(*) from pg_class');
    await backup.query(`select pg_backup_start('open-transactions', true)`);
    const pids = await Promise.all(
      [reader, backup].map(
        async (client) =>
          ((await client.query('select pg_backend_pid() as pid')).rows[0] as { pid: number }).pid,
      ),
    );
    // A later transaction that is reported shows that the watch has looked.
    const late = await administrator();
    await late.query('begin');
    const { pid } = (await late.query('select pg_current_xact_id(), pg_backend_pid() as pid')).rows[0] as {
      pid: number;
    };
    const said = await eventually(
      async () => (await detail())?.includes(`session ${String(pid)}`) && (await detail()),
    );
    for (const other of pids) expect(said).not.toContain(`session ${String(other)}`);
    // The transaction ends here, because other specs read lists that end before it.
    await late.query('rollback');
    await backup.query('select pg_backup_stop(true)');
  });
});
