import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  createKafkaUsers,
  createServiceDatabase,
  createTopics,
  eventually,
  grantAccess,
  kafkaAs,
  uniqueSlug,
  type ServiceDatabase,
} from './index.ts';

describe('the servers that tests run on', () => {
  const create = (): Promise<ServiceDatabase> =>
    createServiceDatabase({
      service: 'test-servers',
      migrations: [
        { name: '001-note', up: (role) => `create table note (text text); grant select on note to ${role}` },
      ],
    });
  let database: ServiceDatabase | undefined;
  beforeAll(async () => {
    database = await create();
  });
  afterAll(() => database?.drop());

  it('gives a service its own database, whose application role may do only what a migration granted', async () => {
    const client = new pg.Client({ connectionString: database?.appUrl });
    await client.connect();
    try {
      expect((await client.query('select * from note')).rows).toEqual([]);
      await expect(client.query("insert into note values ('x')")).rejects.toThrow('permission denied');
      await expect(client.query('create table mine (id int)')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
    }
  });

  it('gives the next test the same tables without the rows of the last', async () => {
    const owner = new pg.Client({ connectionString: database?.ownerUrl });
    await owner.connect();
    await owner.query("insert into note values ('x')").finally(() => owner.end());
    const next = await create();
    const client = new pg.Client({ connectionString: next.appUrl });
    await client.connect();
    try {
      expect((await client.query('select * from note')).rows).toEqual([]);
    } finally {
      await client.end();
      await next.drop();
    }
  });

  it('gives a new Kafka user only what an access rule allows', async () => {
    const allowed = uniqueSlug('allowed');
    const denied = uniqueSlug('denied');
    await createTopics([allowed, denied], 1);
    const user = uniqueSlug('user');
    const password = (await createKafkaUsers([user])).get(user) ?? '';
    const rule = { principal: user, resource: 'topic', name: allowed, match: 'literal' } as const;
    await grantAccess([
      { ...rule, operation: 'write' },
      { ...rule, operation: 'describe' },
    ]);
    const producer = kafkaAs(user, password).producer({ retry: { retries: 0 } });
    await producer.connect();
    try {
      const sent = await eventually(
        () => producer.send({ topic: allowed, acks: -1, messages: [{ value: 'x' }] }),
        {
          says: 'an allowed write',
        },
      );
      expect(sent[0]?.errorCode).toBe(0);
      await expect(producer.send({ topic: denied, acks: -1, messages: [{ value: 'x' }] })).rejects.toThrow(
        /not authorized/i,
      );
    } finally {
      await producer.disconnect();
    }
  });

  it('refuses a wrong password', async () => {
    const user = uniqueSlug('user');
    await createKafkaUsers([user]);
    await expect(
      kafkaAs(user, 'wrong')
        .admin({ retry: { retries: 0 } })
        .connect(),
    ).rejects.toThrow(/invalid credentials|Authentication failed/i);
  });
});
