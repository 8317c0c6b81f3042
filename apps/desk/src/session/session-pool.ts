import type { Database } from '#persistence';

/** The one method of a pg pool that the session store uses, on the desk's own connections. */
export function sessionPool(database: Database): {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
} {
  return {
    query: (text, values) => database.statement({ text, values: [...values] }),
  };
}
