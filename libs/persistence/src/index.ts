export { Database, isDatabaseUnavailable, type DatabaseOptions } from './database.ts';
export { ownAppendOnlyTableSql, ownTableSql, refuseUnsafeDatabase } from './ownership.ts';
export { migrate, type Migration } from './migrate.ts';
export { OpenTransactionWatch } from './open-transactions.ts';
export { databaseHealth } from './readiness.ts';
export { utcText } from './utc-text.ts';
export { FairTurns } from './fair-turns.ts';
export type { PoolClient } from 'pg';
export { BASE_MIGRATIONS } from './base-migrations.ts';
export { takeIn, type InboxOutcome, type IncomingMessage } from './inbox.ts';
export { recordAccess, type AccessEntry, type AccessOperation } from './access-log.ts';
export { INSERT_ACCESS_LOG, INSERT_EVENT } from './append.sql.ts';
export { appendEvents, type LoggedEvent } from './event-log.ts';
export { PostgresOutbox, type OutboxOptions } from './event-log.outbox.ts';
export {
  keepDeadLetters,
  newestDeadLetters,
  PostgresDeadLetters,
  type KeptDeadLetter,
  type UndeliverableMessage,
} from './dead-letters.ts';
