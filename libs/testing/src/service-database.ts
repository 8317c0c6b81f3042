import { createHash, randomBytes } from 'node:crypto';
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

/**
 * Creates a migrated database of one service, with the service's two roles. Its `drop` removes it. The first
 * test with these migrations runs them, and the others copy its result, which takes a quarter of the time.
 */
export async function createServiceDatabase({
  service,
  migrations,
}: ServiceDatabaseOptions): Promise<ServiceDatabase> {
  const name = service.replaceAll('-', '_');
  const owner = `${name}_owner`;
  const application = `${name}_app`;
  const database = `test_${name}_${randomBytes(6).toString('hex')}`.slice(-63);
  const { pgUrl } = testServers();
  const urlOf = (role: string, of = database): string => {
    const url = new URL(pgUrl);
    url.username = role;
    url.password = ROLE_PASSWORD;
    url.pathname = `/${of}`;
    return url.href;
  };
  await asSuperuser(pgUrl, async (client) => {
    for (const role of [owner, application]) await client.query(createRoleSql(role));
    const template = await migratedTemplate(client, { owner, application, migrations, urlOf });
    await client.query(`create database ${database} owner ${owner} template ${template}`);
    await client.query(
      `revoke all on database ${database} from public; grant connect on database ${database} to ${application}`,
    );
  });
  const superUrl = new URL(pgUrl);
  superUrl.pathname = `/${database}`;
  return {
    appUrl: urlOf(application),
    ownerUrl: urlOf(owner),
    superUrl: superUrl.href,
    database,
    drop: () =>
      asSuperuser(
        pgUrl,
        async (client) => void (await client.query(`drop database if exists ${database} with (force)`)),
      ),
  };
}

interface TemplateOptions {
  readonly owner: string;
  readonly application: string;
  readonly migrations: readonly Migration[];
  readonly urlOf: (role: string, database: string) => string;
}

/** Returns the name of a database to which exactly these migrations were applied, and nothing else. */
async function migratedTemplate(
  client: pg.Client,
  { owner, application, migrations, urlOf }: TemplateOptions,
): Promise<string> {
  const steps = migrations.map((step) => [step.name, step.up(application)]);
  const digest = createHash('sha256').update(JSON.stringify([owner, steps]));
  const template = `template_${digest.digest('hex').slice(0, 32)}`;
  const unfinished = `${template}_unfinished`;
  // Two test files may want the same template at the same time. The lock ends with the connection, too.
  await client.query('select pg_advisory_lock(hashtext($1))', [template]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (rowCount === 0) {
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} owner ${owner}`);
    await migrate(urlOf(owner, unfinished), migrations, application);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  }
  await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
  return template;
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
