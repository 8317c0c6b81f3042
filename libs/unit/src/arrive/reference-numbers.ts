import type { Database } from '#persistence';
import { TAKE_REFERENCE_NUMBERS } from './arrive.sql.ts';

export interface ReferenceNumbers {
  /** The moment of the database: clocks and events of the batch are told by it, not by this machine. */
  readonly now: Date;
  /** The short reference of the `index`-th request of the batch. */
  readonly referenceOf: (index: number) => string;
  /** The id of the event that told of the arrival, when it was told before: it is kept and not published again. */
  readonly toldAs?: string;
}

/**
 * Takes numbers for a batch in a transaction of its own: the counter's row is locked for one statement and not for the
 * batch, so that replicas do not wait for each other. A batch that rolls back leaves a gap; no number comes twice.
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
    if (!row) throw new Error('the reference counter gave no number');
    const first = Number(row.last) - count + 1;
    return {
      now: row.now,
      referenceOf: (index) => `${prefix}-${row.year}-${String(first + index).padStart(6, '0')}`,
    };
  } finally {
    client.release();
  }
}
