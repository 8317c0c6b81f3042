export { Database, isDatabaseUnavailable, UNATTRIBUTED, type DatabaseOptions } from './database.ts';
export { ownAppendOnlyTableSql, ownTableSql, refuseUnsafeDatabase } from './ownership.ts';
export { migrate, type Migration } from './migrate.ts';
export type { PoolClient } from 'pg';
