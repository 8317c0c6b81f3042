import pg from 'pg';
import { databaseNames } from './landscape.ts';

export interface ServiceUrls {
  /** Of the role that owns the tables: migrations only. */
  readonly migrationUrl: string;
  /** Of the role the service runs as. */
  readonly applicationUrl: string;
}

/**
 * One database and two roles per service, made where they are missing, passwords set to the given ones. Runs as a role
 * that may create both.
 */
export async function provideDatabases(
  adminUrl: string,
  services: readonly string[],
  passwordOf: (role: string) => string,
): Promise<Map<string, ServiceUrls>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const urls = new Map<string, ServiceUrls>();
    for (const service of services) urls.set(service, await provideDatabase(client, adminUrl, service, passwordOf));
    return urls;
  } finally {
    await client.end();
  }
}

async function provideDatabase(
  client: pg.Client,
  adminUrl: string,
  service: string,
  passwordOf: (role: string) => string,
): Promise<ServiceUrls> {
  const { database, owner, application } = databaseNames(service);
  for (const role of [owner, application]) {
    const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    const verb = known.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${client.escapeLiteral(passwordOf(role))}`,
    );
  }
  const known = await client.query('select 1 from pg_database where datname = $1', [database]);
  if (known.rowCount === 0) {
    // An administrator who is no superuser may give a database only to a role they are a member of.
    await client.query(`grant ${owner} to current_user`);
    await client.query(`create database ${database} owner ${owner}`);
  }
  await client.query(`revoke all on database ${database} from public; grant connect on database ${database} to ${application}`);
  const urlOf = (role: string): string => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = passwordOf(role);
    url.pathname = `/${database}`;
    return url.href;
  };
  return { migrationUrl: urlOf(owner), applicationUrl: urlOf(application) };
}
