import type { Database } from '#persistence';
import { TAKE_REFERENCE_NUMBERS } from './arrive.sql.ts';

export interface ReferenceNumbers {
  /** The database's time, which clocks and events of the batch use instead of this machine's. */
  readonly now: Date;
  /** The short reference of the `index`-th request of the batch. */
  readonly referenceOf: (index: number) => string;
  /** The id of the arrival's event, if it was published before: it is kept and not published again. */
  readonly publishedAs?: string;
}

/**
 * Takes numbers for a batch in a separate transaction. The counter's row is locked for one statement and not
 * for the batch, so that replicas do not wait for each other. A batch that rolls back leaves a gap; no number
 * is used twice.
 */
export async function takeReferenceNumbers(
  database: Database,
  prefix: string,
  count: number,
): Promise<ReferenceNumbers> {
  const client = await database.connect();
  try {
    const { rows } = await client.query<{ year: string; last: string; now: Date }>({
      name: 'take-reference-numbers',
      text: TAKE_REFERENCE_NUMBERS,
      values: [prefix, count],
    });
    const row = rows[0];
    if (!row) throw new Error('the reference counter returned no number');
    const first = Number(row.last) - count + 1;
    return {
      now: row.now,
      referenceOf: (index) => `${prefix}-${row.year}-${String(first + index).padStart(6, '0')}`,
    };
  } finally {
    client.release();
  }
}
