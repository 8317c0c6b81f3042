import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate, type Migration } from '#persistence';
import { testServers } from './test-servers.ts';

/** The password of the roles in the test cluster, which listens on loopback and ends with the run. */
const ROLE_PASSWORD = 'for-tests-only';

export interface ServiceDatabase {
  /** Connection string of the application role, which the service runs as. */
  readonly appUrl: string;
  /** Connection string of the role that owns the tables. */
  readonly ownerUrl: string;
  /** Connection string of the superuser, which row security does not bind. */
  readonly superUrl: string;
  readonly database: string;
  drop(): Promise<void>;
}

export interface ServiceDatabaseOptions {
  /** Folder name under apps/, from which the roles get their names. */
  readonly service: string;
  readonly migrations: readonly Migration[];
}

/** Creates and migrates a database of one service, with the service's two roles. Its `drop` removes it. */
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

/** Creates a role, or uses the existing one if another test file was first. */
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
