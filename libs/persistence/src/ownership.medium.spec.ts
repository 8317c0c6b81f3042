import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServiceDatabase, testServers, uniqueSlug } from '#testing';
import {
  Database,
  isDatabaseUnavailable,
  ownAppendOnlyTableSql,
  ownTableSql,
  refuseUnsafeDatabase,
  type Migration,
} from './index.ts';

/** The same condition as in `ownTableSql`. */
const OWN_ROWS =
  "owning_force = any (string_to_array(nullif(current_setting('concordat.forces', true), ''), ','))";
const RULE = `using (${OWN_ROWS}) with check (${OWN_ROWS})`;

const migrations: Migration[] = [
  {
    name: '001-record',
    up: (role) => `
      create table record (owning_force text not null, id int not null, text text, primary key (owning_force, id));
      ${ownTableSql('record', role)}
      create table diary (owning_force text not null, id int not null, primary key (owning_force, id));
      ${ownAppendOnlyTableSql('diary', role)}`,
  },
];

describe('ownership in PostgreSQL', () => {
  let created: Awaited<ReturnType<typeof createServiceDatabase>>;
  let database: Database;

  beforeAll(async () => {
    created = await createServiceDatabase({ service: 'ownership', migrations });
    database = await Database.open({ url: created.appUrl, applicationName: 'ownership-test' });
    await database.transaction(['bedfordshire', 'hertfordshire'], async (client) => {
      await client.query("insert into record values ('bedfordshire', 1, 'b'), ('hertfordshire', 1, 'h')");
      await client.query("insert into diary values ('bedfordshire', 1)");
    });
  });

  afterAll(async () => {
    await database.close();
    await created.drop();
  });

  const seen = (forces: string[]): Promise<unknown[]> =>
    database.transaction(
      forces,
      async (client) => (await client.query('select owning_force, id, text from record order by 1')).rows,
    );

  it('shows a force only its own rows, and shows no rows without a force', async () => {
    expect(await seen(['bedfordshire'])).toEqual([{ owning_force: 'bedfordshire', id: 1, text: 'b' }]);
    expect(await seen(['cambridgeshire'])).toEqual([]);
    expect(await seen([])).toEqual([]);
    const client = await database.connect();
    try {
      expect((await client.query('select from record')).rowCount).toBe(0);
    } finally {
      client.release();
    }
  });

  it('forgets the forces of a transaction when its pooled connection is used again', async () => {
    await seen(['bedfordshire']);
    for (let round = 0; round < 20; round += 1) expect(await seen(['cambridgeshire'])).toEqual([]);
  });

  it("refuses to write, change or take over another force's row", async () => {
    const as = (force: string, sql: string): Promise<unknown> =>
      database.transaction([force], (client) => client.query(sql));
    await expect(as('bedfordshire', "insert into record values ('hertfordshire', 2, 'x')")).rejects.toThrow(
      'row-level security',
    );
    await expect(as('bedfordshire', "update record set owning_force = 'hertfordshire'")).rejects.toThrow(
      /never changes|row-level security/,
    );
    expect(
      (
        (await as('bedfordshire', "update record set text = 'x' where owning_force = 'hertfordshire'")) as {
          rowCount: number;
        }
      ).rowCount,
    ).toBe(0);
  });

  it('keeps the owning force even for a transaction that sees both forces', async () => {
    await expect(
      database.transaction(['bedfordshire', 'hertfordshire'], (client) =>
        client.query(
          "update record set owning_force = 'hertfordshire', id = 9 where owning_force = 'bedfordshire'",
        ),
      ),
    ).rejects.toThrow('never changes');
  });

  it('keeps append-only rows as they were written', async () => {
    for (const sql of ['update diary set id = 2', 'delete from diary']) {
      await expect(database.transaction(['bedfordshire'], (client) => client.query(sql))).rejects.toThrow(
        /permission denied|append-only/,
      );
    }
  });

  it('lets two forces use the same identifier without noticing each other', async () => {
    await database.transaction(['cambridgeshire'], (client) =>
      client.query("insert into record values ('cambridgeshire', 1, 'c')"),
    );
    expect(await seen(['cambridgeshire'])).toHaveLength(1);
  });

  it('refuses a setting that is not a force slug', async () => {
    await expect(database.transaction(["x'; reset role; --"], async () => undefined)).rejects.toThrow(
      'not a force',
    );
  });

  describe('at start-up', () => {
    const checkAs = async (url: string): Promise<void> => {
      const opened = await Database.open({ url, applicationName: 'ownership-check' });
      const client = await opened.connect();
      try {
        await refuseUnsafeDatabase(client);
      } finally {
        client.release();
        await opened.close();
      }
    };

    it('accepts the application role on a migrated database', async () => {
      await expect(checkAs(created.appUrl)).resolves.toBeUndefined();
    });

    it('refuses a superuser', async () => {
      const url = new URL(testServers().pgUrl);
      url.pathname = `/${created.database}`;
      await expect(checkAs(url.href)).rejects.toThrow('is a superuser');
    });

    it('refuses the migration role, which owns the tables', async () => {
      await expect(checkAs(created.ownerUrl)).rejects.toThrow('belongs to the application role');
    });

    it('refuses a table whose row security is not forced', async () => {
      const owner = await Database.open({ url: created.ownerUrl, applicationName: 'ownership-owner' });
      const run = (sql: string): Promise<unknown> => owner.transaction([], (client) => client.query(sql));
      await run('alter table record no force row level security');
      await expect(checkAs(created.appUrl)).rejects.toThrow(
        'table record has owning_force without forced row security',
      );
      await run('alter table record force row level security');
      await owner.close();
    });

    const as = async (url: string, sql: string): Promise<void> => {
      const opened = await Database.open({ url, applicationName: 'ownership-owner' });
      await opened.transaction([], (client) => client.query(sql)).finally(() => opened.close());
    };

    it.each([
      [
        'a view that reads as its owner',
        'create view all_records as select * from record',
        'drop view all_records',
        'view all_records reads',
      ],
      [
        'a view that reads as its owner through one that does not',
        `create view inner_one with (security_invoker) as select text from record; create view outer_one as select text from inner_one`,
        'drop view outer_one; drop view inner_one',
        ': view outer_one reads records without security_invoker. Use',
      ],
      [
        'a copy',
        'create materialized view copied as select id from record',
        'drop materialized view copied',
        'view copied copies records',
      ],
      [
        'a second policy beside the one of ownership',
        'create policy extra on record for select using (id > 0)',
        'drop policy extra on record',
        'policy extra of table record is not the one of ownership',
      ],
      [
        'a policy of the same name that lets everything pass',
        'drop policy owned on record; create policy owned on record using (true)',
        `drop policy owned on record; create policy owned on record ${RULE}`,
        'policy owned of table record is not the one of ownership',
      ],
      [
        'a policy that lets rows of other forces pass',
        `alter policy owned on record with check (id = 7 or ${OWN_ROWS})`,
        `alter policy owned on record with check (${OWN_ROWS})`,
        'policy owned of table record',
      ],
    ])('refuses %s', async (_, make, undo, fault) => {
      await as(created.ownerUrl, make);
      try {
        await expect(checkAs(created.appUrl)).rejects.toThrow(fault);
      } finally {
        await as(created.ownerUrl, undo);
      }
      await expect(checkAs(created.appUrl)).resolves.toBeUndefined();
    });

    it('accepts a view that reads as the caller', async () => {
      await as(created.ownerUrl, 'create view mine with (security_invoker = on) as select * from record');
      await expect(checkAs(created.appUrl)).resolves.toBeUndefined();
      await as(created.ownerUrl, 'drop view mine');
    });

    it('refuses a role that may become one with BYPASSRLS', async () => {
      const mighty = `mighty_${uniqueSlug('x').replaceAll('-', '_')}`;
      await as(
        testServers().pgUrl,
        `create role ${mighty} bypassrls; grant ${mighty} to ownership_app with inherit false`,
      );
      try {
        await expect(checkAs(created.appUrl)).rejects.toThrow(
          `role ${mighty} has BYPASSRLS and the application role is a member of it`,
        );
      } finally {
        await as(testServers().pgUrl, `drop role ${mighty}`);
      }
    });
  });
});

describe('a right that the application role lacks', () => {
  it('is retried when a grant is missing, and not when row security refuses a row', async () => {
    const ungranted: Migration = { name: '002-ungranted', up: () => 'create table ungranted (id int)' };
    const created = await createServiceDatabase({
      service: 'rights',
      migrations: [...migrations, ungranted],
    });
    const database = await Database.open({ url: created.appUrl, applicationName: 'rights-test' });
    const faultOf = (text: string): Promise<unknown> =>
      database.transaction(['bedfordshire'], (client) => client.query(text)).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(await faultOf('select from ungranted'))).toBe(true);
    expect(isDatabaseUnavailable(await faultOf("insert into record values ('hertfordshire', 2, 'x')"))).toBe(
      false,
    );
    await database.close();
    await created.drop();
  });
});

describe('an idle transaction', () => {
  it('is ended by PostgreSQL, blocks no other work, and counts as a temporary fault', async () => {
    const created = await createServiceDatabase({ service: 'silence', migrations });
    const database = await Database.open({
      url: created.appUrl,
      applicationName: 'silence-test',
      silenceMsMax: 200,
    });
    const awake = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const insert = "insert into record values ('bedfordshire', 1, 'b') on conflict do nothing";
    const silent = database.transaction(['bedfordshire'], async (client) => {
      await client.query(insert);
      locked.resolve();
      await awake.promise;
      await client.query(insert);
    });
    await locked.promise;
    // This waits for the same key, which the idle transaction would hold for ever.
    await database.transaction(['bedfordshire'], (client) => client.query(insert));
    awake.resolve();
    const fault: unknown = await silent.catch((error: unknown) => error);
    expect(isDatabaseUnavailable(fault)).toBe(true);
    await database.close();
    await created.drop();
  });
});
