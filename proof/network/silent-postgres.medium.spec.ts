import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database, isDatabaseUnavailable } from '#persistence';
import { createServiceDatabase, type ServiceDatabase } from '#testing';
import { freePorts } from '../../deploy/local/ports.ts';
import { Proxy } from './proxy.ts';

const PATIENCE_MS = 500;

let stored: ServiceDatabase;
let proxy: Proxy;
let database: Database;

beforeEach(async () => {
  stored = await createServiceDatabase({ service: 'probe', migrations: [] });
  const url = new URL(stored.appUrl);
  const [from = 0] = await freePorts(1);
  proxy = await Proxy.start({ from, to: Number(url.port), speaksKafka: false });
  url.port = String(from);
  database = await Database.open({
    url: url.href,
    applicationName: 'silence-test',
    answerMsMax: PATIENCE_MS,
  });
});
afterEach(async () => {
  await proxy.close();
  await database.close();
  await stored.drop();
});

const ask = (statement: string): Promise<unknown> =>
  database.transaction([], (client) => client.query(statement));

it.each(['to the server', 'from the server'] as const)(
  'gives up a statement as "database unavailable" when no bytes pass %s, and continues on new connections',
  async (hold) => {
    const asked = database.transaction([], async (client) => {
      await client.query('select 1');
      proxy.set({ hold });
      await client.query('select 1');
    });
    const fault: unknown = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect([fault, isDatabaseUnavailable(fault)]).toEqual([expect.any(Error), true]);
    // The held bytes are never forwarded, because the connections are reset first.
    proxy.reset();
    proxy.set({});
    await expect(ask('select 1')).resolves.toMatchObject({ rowCount: 1 });
  },
);

it('lets PostgreSQL cancel a statement that takes too long, and keeps the connection', async () => {
  const pid = async (): Promise<unknown> =>
    ((await ask('select pg_backend_pid() as pid')) as { rows: { pid: number }[] }).rows[0]?.pid;
  const before = await pid();
  const fault: unknown = await ask('select pg_sleep(60)').catch((error: unknown) => error);
  expect([fault, isDatabaseUnavailable(fault)]).toEqual([expect.any(Error), true]);
  expect(await pid()).toBe(before);
});
