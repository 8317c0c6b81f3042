import type { BenchStack } from './stack.ts';
import { REPAIR } from './work.ts';

/** The database of a unit that gets open requests, and the force that owns them. */
export interface QueueToFill {
  readonly database: string;
  readonly unit: string;
  readonly force: string;
  /** True if the requests shall be found by their references and their registration mark. */
  readonly searched?: true;
}

/** The reference of the filled request with this number, from 1 on. */
export const filledReference = (number: number): string => `OLD-26-${String(number).padStart(6, '0')}`;

/** The same reference in SQL; lpad alone would cut longer numbers. */
const REFERENCE_SQL = `'OLD-26-' || lpad(n::text, greatest(6, length(n::text)), '0')`;

/**
 * Writes the rows of arrivals: inbox, request, task, event and log entry, with random due times from a month
 * ago to two months ahead. `first` and `last` are their numbers.
 */
export async function fillQueue(
  bench: BenchStack,
  { database, unit, force: owner, searched }: QueueToFill,
  first: number,
  last: number,
): Promise<void> {
  const force = `'${owner}'`;
  const payload = `'${JSON.stringify({ ...REPAIR, vrm: 'EX26AAA' })}'`;
  const clocks = JSON.stringify([]);
  const url = bench.urlOf(database);
  await bench.query(
    url,
    `create unlogged table filling as select n, uuidv7(make_interval(secs => n - ${String(last)} - 86400)) as id, uuidv7() as event,
       now() - interval '30 days' * random() as received, random() as spread from generate_series(${String(first)}, ${String(last)}) as n`,
  );
  const terms = `insert into search_term (owning_force, term, id)
     select ${force}, term, id from filling, unnest(array[lower(replace(${REFERENCE_SQL}, '-', '')), 'filled' || n, 'ex26aaa']) as term`;
  const statements = [
    `insert into inbox (owning_force, message_id, content_hash, received_at) select ${force}, id::text, md5(id::text), received from filling`,
    `insert into request (owning_force, id, type, version, force_reference, unit_reference, payload, content_hash, received_at, channel, submitted_by, agreement_id)
     select ${force}, id, 'vehicle-repair', 1, 'filled-' || n, ${REFERENCE_SQL}, ${payload}, md5(id::text), received, 'rest', 'bench', 'bench' from filling`,
    `insert into task (owning_force, id, type, due_at, risk, clocks) select ${force}, id, 'vehicle-repair', received + interval '60 days' * spread, n % 4, '${clocks}' from filling`,
    `insert into event (owning_force, event_id, request_id, type, time, key, source, data)
     select ${force}, event, id, 'concordat.request-queued.v1', received, id::text, '/unit/${unit}', json_build_object('requestId', id, 'state', 'queued') from filling`,
    `insert into access_log (owning_force, person, service, operation, request_id) select ${force}, 'bench', '${unit}', 'collection', id from filling`,
    ...(searched ? [terms] : []),
    `drop table filling`,
  ];
  for (const statement of statements) await bench.query(url, statement);
  await bench.settle(url);
}
