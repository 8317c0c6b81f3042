import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate, type Migration } from '#persistence';
import { testServers } from './test-servers.ts';

/** Roles of the test cluster only: it listens on loopback and lives as long as the run. */
const ROLE_PASSWORD = 'for-tests-only';

export interface ServiceDatabase {
  /** Connection string of the application role, the one a service runs as. */
  readonly appUrl: string;
  /** Connection string of the role that owns the tables. */
  readonly ownerUrl: string;
  /** Connection string of the superuser, whom row security does not bind: for looking at everything. */
  readonly superUrl: string;
  readonly database: string;
  drop(): Promise<void>;
}

export interface ServiceDatabaseOptions {
  /** Folder name under apps/; the roles are named after it. */
  readonly service: string;
  readonly migrations: readonly Migration[];
}

/** A fresh, migrated database of one service, with the two roles a service has; dropped by its `drop`. */
export async function createServiceDatabase({
  service,
  migrations,
}: ServiceDatabaseOptions): Promise<ServiceDatabase> {
  const name = service.replaceAll('-', '_');
  const owner = `${name}_owner`;
  const application = `${name}_app`;
  const database = `test_${name}_${randomBytes(6).toString('hex')}`.slice(-63);
  const { pgUrl } = testServers();
  await asSuperuser(pgUrl, async (client) => {
    for (const role of [owner, application]) await client.query(createRoleSql(role));
    await client.query(`create database ${database} owner ${owner}`);
    await client.query(
      `revoke all on database ${database} from public; grant connect on database ${database} to ${application}`,
    );
  });
  const urlOf = (role: string): string => {
    const url = new URL(pgUrl);
    url.username = role;
    url.password = ROLE_PASSWORD;
    url.pathname = `/${database}`;
    return url.href;
  };
  const superUrl = new URL(pgUrl);
  superUrl.pathname = `/${database}`;
  const ownerUrl = urlOf(owner);
  await migrate(ownerUrl, migrations, application);
  return {
    appUrl: urlOf(application),
    ownerUrl,
    superUrl: superUrl.href,
    database,
    drop: () =>
      asSuperuser(
        pgUrl,
        async (client) => void (await client.query(`drop database if exists ${database} with (force)`)),
      ),
  };
}

/** Several test files may ask for the same role at once: whoever comes second takes the one that is there. */
function createRoleSql(role: string): string {
  return `do $$ begin
    create role ${role} login password '${ROLE_PASSWORD}' nosuperuser nobypassrls nocreatedb nocreaterole;
  exception when duplicate_object or unique_violation then null; end $$`;
}

async function asSuperuser<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
