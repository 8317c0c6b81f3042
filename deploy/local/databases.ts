import pg from 'pg';
import { databaseNames } from './deployment.ts';

export interface ServiceUrls {
  /** For migrations only: signs in as the role that owns the tables. */
  readonly migrationUrl: string;
  /** Signs in as the role that the service runs as. */
  readonly applicationUrl: string;
}

/**
 * Limits on how long a transaction may be open, and how long it may be idle, in every session. A transaction
 * that an administrator forgot would hold back everything that is published (decision 0036). A limit that is
 * already set stays. Backups, dumps and copies of the cluster need no long transaction, or lift these limits
 * themselves.
 */
const TIME_LIMITS = { idle_in_transaction_session_timeout: '60s', transaction_timeout: '5min' } as const;

/**
 * Provides a database and two roles for each service: creates missing ones and sets the given passwords. The
 * role of `adminUrl` must be able to create databases and roles.
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
    for (const service of services)
      urls.set(service, await provideDatabase(client, adminUrl, service, passwordOf));
    // Administrators work in this database, and a transaction in it holds back as much as in any other.
    await limitTransactions(client, 'database', 'postgres', TIME_LIMITS).catch(ignoreNotAllowed);
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
    // An administrator without superuser rights can give a database only to a role they are a member of.
    await client.query(`grant ${owner} to current_user`);
    await client.query(`create database ${database} owner ${owner}`);
  }
  await client.query(
    `revoke all on database ${database} from public; grant connect on database ${database} to ${application}`,
  );
  await limitTransactions(client, 'database', database, TIME_LIMITS);
  await limitTransactions(client, 'role', application, TIME_LIMITS);
  // The time of a migration depends on the size of its tables, so its transaction has no limit.
  await limitTransactions(client, 'role', owner, { ...TIME_LIMITS, transaction_timeout: '0' });
  const urlOf = (role: string): string => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = passwordOf(role);
    url.pathname = `/${database}`;
    return url.href;
  };
  return { migrationUrl: urlOf(owner), applicationUrl: urlOf(application) };
}

/**
 * A hosted PostgreSQL may not allow changes to that database. The limits of the services' own databases apply
 * all the same.
 */
function ignoreNotAllowed(error: unknown): void {
  if ((error as { code?: unknown }).code !== '42501') throw error;
}

async function limitTransactions(
  client: pg.Client,
  kind: 'database' | 'role',
  name: string,
  limits: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query<{ settings: string[] }>(
    kind === 'database'
      ? `select coalesce(setconfig, '{}') as settings from pg_db_role_setting join pg_database on pg_database.oid = setdatabase
         where setrole = 0 and datname = $1`
      : `select coalesce(setconfig, '{}') as settings from pg_db_role_setting join pg_roles on pg_roles.oid = setrole
         where setdatabase = 0 and rolname = $1`,
    [name],
  );
  const known = new Set(rows.flatMap(({ settings }) => settings.map((setting) => setting.split('=')[0])));
  for (const [setting, value] of Object.entries(limits)) {
    if (!known.has(setting)) await client.query(`alter ${kind} ${name} set ${setting} = '${value}'`);
  }
}
