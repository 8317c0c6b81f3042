import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createServiceDatabase, eventually, type ServiceDatabase } from '#testing';
import { Database, isDatabaseUnavailable, type Migration, type PoolClient } from './index.ts';

const NOTE: Migration = {
  name: 'note-001-note',
  up: (role) => `create table note (text text not null); grant select, insert on note to ${role};`,
};
const WRONG = 'select 1 / 0';
const DIVISION_BY_ZERO = { code: '22012' };

describe('a transaction whose statements do not wait for each other', () => {
  let created: ServiceDatabase;
  let database: Database;
  let administrator: pg.Client;

  beforeAll(async () => {
    created = await createServiceDatabase({ service: 'statements', migrations: [NOTE] });
    // With one connection, what one piece of work leaves behind meets the next.
    database = await Database.open({ url: created.appUrl, applicationName: 'statements-test', poolMax: 1 });
    administrator = new pg.Client({ connectionString: created.superUrl });
    await administrator.connect();
  });
  afterAll(async () => {
    await database.close();
    await administrator.end();
    await created.drop();
  });

  const write = (client: PoolClient, text: string): Promise<unknown> =>
    client.query({ text: 'insert into note (text) values ($1)', values: [text] });
  const isWritten = async (text: string): Promise<boolean> => {
    const { rowCount } = await administrator.query('select from note where text = $1', [text]);
    return rowCount === 1;
  };

  it('is refused when a statement failed, although the work did not notice', async () => {
    const unnoticed = database.transaction([], async (client) => {
      await write(client, 'unnoticed');
      await client.query(WRONG).catch(() => undefined);
    });
    await expect(unnoticed).rejects.toMatchObject(DIVISION_BY_ZERO);
    expect(await isWritten('unnoticed')).toBe(false);
  });

  it('says which statement failed first, and not that another could not run after it', async () => {
    const failed = database.transaction([], (client) =>
      Promise.all([slowly(client.query(WRONG)), client.query('select 1')]),
    );
    await expect(failed).rejects.toMatchObject(DIVISION_BY_ZERO);
  });

  it('can be tried again when its first statement was cancelled', async () => {
    const holder = new pg.Client({ connectionString: created.superUrl });
    await holder.connect();
    await holder.query('begin; lock table note in access exclusive mode');
    const waiting = database.transaction([], (client) =>
      Promise.all([slowly(write(client, 'cancelled')), client.query('select 1')]),
    );
    const error = waiting.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await eventually(async () => {
      const { rows } = await administrator.query<{ cancelled: boolean }>(
        `select pg_cancel_backend(pid) as cancelled
        from pg_stat_activity
        where application_name = 'statements-test' and wait_event_type = 'Lock'`,
      );
      return rows[0]?.cancelled;
    });
    await holder.end();
    expect(isDatabaseUnavailable(await error)).toBe(true);
    expect(await isWritten('cancelled')).toBe(false);
  });

  it('ends for all of its work: what goes on after a failure writes nothing, here or for the next', async () => {
    let goesOn!: () => void;
    const failed = new Promise<void>((resolve) => (goesOn = resolve));
    let late: Promise<unknown> | undefined;
    const first = database.transaction([], (client) => {
      late = failed.then(() => write(client, 'after the end'));
      return client.query(WRONG);
    });
    await expect(first).rejects.toMatchObject(DIVISION_BY_ZERO);
    await database.transaction([], async (client) => {
      goesOn();
      await expect(late).rejects.toThrow('the transaction of this statement is over');
      await write(client, 'next');
    });
    expect(await isWritten('after the end')).toBe(false);
    expect(await isWritten('next')).toBe(true);
  });
});

/** Passes an answer on a few steps later, like a function that reads it. */
async function slowly(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } finally {
    for (let step = 0; step < 5; step += 1) await Promise.resolve();
  }
}
