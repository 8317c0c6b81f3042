import { Logger } from '@nestjs/common';
import { BackgroundLoop, DAY_MS } from '#kernel';
import type { Database } from '#persistence';

/** Bodies of one statement, so that none holds its locks for long. */
const AT_ONCE_MAX = 500;
const LOOK_EVERY_MS = 600_000;
const AFTER_FAULT_MS = 60_000;

/** The hash is of the bytes as they came, or of the text of the body as it is kept. */
const ERASE = `
with due as materialized (
  select id from refusal
  where owning_force = $1 and body_erased_at is null and refused_at < clock_timestamp() - $2 * interval '1 millisecond'
  order by refused_at limit ${AT_ONCE_MAX} for update skip locked
), erased as (
  update refusal as old
  set body = null, bytes = null, headers = null, body_erased_at = clock_timestamp(),
    body_hash = encode(sha256(coalesce(old.bytes, convert_to(coalesce(old.body::text, ''), 'UTF8'))), 'hex')
  from due where old.owning_force = $1 and old.id = due.id returning old.id
), logged as (
  insert into access_log (owning_force, person, service, operation, reason)
  select $1, 'intake', 'intake', 'erasure', 'refusal ' || id from erased
)
select id from erased`;

/** Erases the bodies of one force's refusals that are older than they may be. Returns how many; called again while there are more. */
export async function eraseBodies(database: Database, force: string, olderThanMs: number): Promise<number> {
  return database.transaction(
    [force],
    async (client) => (await client.query(ERASE, [force, olderThanMs])).rows.length,
  );
}

/** Erases bodies of refusals after a number of days; every replica does, and each body is erased by one of them. */
export class RefusalErasure {
  private readonly log = new Logger('refusals');
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      for (const force of this.forces) await this.eraseAll(force);
      return LOOK_EVERY_MS;
    },
    failed: (error) => {
      this.log.warn(`bodies of refusals wait to be erased: ${(error as Error).message}`);
      return AFTER_FAULT_MS;
    },
  });

  constructor(
    private readonly database: Database,
    private readonly forces: readonly string[],
    /** Undefined: bodies are kept for ever. */
    private readonly keptDays: number | undefined,
  ) {}

  start(): void {
    if (this.keptDays !== undefined) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async eraseAll(force: string): Promise<void> {
    // The loop runs only where bodies are kept for a number of days.
    const olderThanMs = (this.keptDays as number) * DAY_MS;
    let erased = AT_ONCE_MAX;
    while (erased === AT_ONCE_MAX && !this.loop.isStopping) {
      erased = await eraseBodies(this.database, force, olderThanMs);
      if (erased > 0) this.log.log(`erased the bodies of refusals of ${force}`, { count: erased });
    }
  }
}
