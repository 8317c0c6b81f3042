import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';

/** A promise broken on purpose in the built services, and the fault row that must detect it. */
export interface Mutant {
  readonly name: string;
  readonly row: number;
  /** The kind of finding that the row must report. */
  readonly finds: keyof Outcome['found'];
  readonly file: string;
  readonly replace: readonly (readonly [before: string, after: string])[];
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'row security is off, and services start on such a database anyway',
    row: 0,
    finds: 'leaked',
    file: 'libs/persistence/src/ownership.js',
    replace: [
      ['alter table ${table} enable row level security;\nalter table ${table} force row level security;', ''],
      ['if (faults.length > 0) {', 'if (faults.length > 10_000) {'],
    ],
  },
  {
    name: 'the inbox check is removed, so a unit treats a repeat as new',
    row: 16,
    finds: 'duplicate',
    file: 'libs/unit/src/arrive/store-arrivals.js',
    replace: [
      [
        'select * from json_to_recordset($1) as arriving (',
        `select n, force, message || gen_random_uuid() as message, hash,
           case when exists (select from request known where known.owning_force = force and known.id = arriving.id)
             then gen_random_uuid() else arriving.id end as id,
           type, version, reference, unit_reference, payload, received, channel, submitter, agreement, trace,
           risk, due, clocks, event, topic, at, changed
         from json_to_recordset($1) as arriving (`,
      ],
    ],
  },
  {
    name: 'the relay ignores the order and sends the newest message first',
    row: 22,
    finds: 'outOfOrder',
    file: 'libs/messaging/src/relay-lanes.js',
    replace: [
      [
        'split[row.key === null ? 0 : hash(row.key) % lanes].push(row);',
        'split[row.key === null ? 0 : hash(row.key) % lanes].unshift(row);',
      ],
    ],
  },
  {
    name: 'the offset is committed before the effect',
    row: 1,
    finds: 'lost',
    file: 'libs/messaging/src/topic-consumer.js',
    replace: [
      [
        'const chunk = messages.slice(start, start + size);',
        `const chunk = messages.slice(start, start + size);
            payload.resolveOffset(chunk.at(-1).offset);
            await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());`,
      ],
    ],
  },
  {
    name: 'the producer is idempotent',
    row: 6,
    finds: 'lost',
    file: 'libs/messaging/src/outbox-sender.js',
    replace: [
      ['idempotent: false,', 'idempotent: true,'],
      // An idempotent producer of this library does not start without at least one retry.
      ['retry: { ...CLIENT_RETRY, retries: 0 },', 'retry: { ...CLIENT_RETRY, retries: 1 },'],
    ],
  },
];

/** Changes a built file. It throws when the text is missing, because the mutant would prove nothing. */
export function applyMutant({ name, file, replace }: Mutant, build: string): void {
  const path = join(build, file);
  let text = readFileSync(path, 'utf8');
  for (const [before, after] of replace) {
    if (text.split(before).length !== 2)
      throw new Error(`the mutant "${name}" does not fit ${file} any more; missing or not unique: ${before}`);
    text = text.replace(before, () => after);
  }
  writeFileSync(path, text);
}
