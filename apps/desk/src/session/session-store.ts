import fastifySession from '@fastify/session';
import connectPgSimple from 'connect-pg-simple';
import type { Database } from '#persistence';
import type { DeskConfig } from '../desk.config.ts';
import { KEEP_SESSION, SAVE_SESSION } from './session.sql.ts';
import type { DeskSession } from './session.ts';

const PRUNE_EVERY_SECONDS = 15 * 60;
/** Anybody can begin a sign-in, and each one is a row. */
const SIGN_IN_WITHIN_SECONDS = 3_600;

type Stored = DeskSession & { isStored?: boolean };
type Done = (error?: unknown) => void;

/**
 * The sessions in the database. One that was ended while a page of it was still being made stays ended: the
 * page may not write it back.
 */
export function sessionStore(database: Database, { sessionHours }: DeskConfig): fastifySession.SessionStore {
  const Store = connectPgSimple(fastifySession as never);
  // A session that is over still names its person for a while, so that typed text can be given back.
  const ttl = (sessionHours + 1) * 3_600;
  const save = async (id: string, session: Stored): Promise<void> => {
    const { isStored, person } = session;
    session.isStored = true;
    const seconds = person ? ttl : SIGN_IN_WITHIN_SECONDS;
    const text = isStored === true ? SAVE_SESSION : KEEP_SESSION;
    await database.statement({ text, values: [id, JSON.stringify(session), seconds] });
  };
  class DeskSessionStore extends Store {
    override set(id: string, session: unknown, done?: Done): void {
      save(id, session as Stored).then(
        () => done?.(),
        (error: unknown) => done?.(error),
      );
    }
  }
  return new DeskSessionStore({
    pool: poolOf(database) as never,
    ttl,
    pruneSessionInterval: PRUNE_EVERY_SECONDS,
    disableTouch: true,
  });
}

/** The one method of a pg pool that the session store uses, on the desk's own connections. */
function poolOf(database: Database): {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
} {
  return {
    query: (text, values) => database.statement({ text, values: [...values] }),
  };
}
