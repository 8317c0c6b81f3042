import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';

/** A promise broken on purpose in the built services, and the row that must notice. */
export interface Mutant {
  readonly name: string;
  readonly row: number;
  /** What that row must find. */
  readonly finds: keyof Outcome['found'];
  readonly file: string;
  readonly replace: readonly (readonly [before: string, after: string])[];
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'row security off, and services start on such a database all the same',
    row: 0,
    finds: 'leaked',
    file: 'libs/persistence/src/ownership.js',
    replace: [
      ['alter table ${table} enable row level security;\nalter table ${table} force row level security;', ''],
      ['if (faults.length > 0) {', 'if (faults.length > 10_000) {'],
    ],
  },
  {
    name: 'the inbox check removed: a unit takes a repeat for something new',
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
    name: 'the relay without order: what waits is sent newest first',
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
    name: 'the idempotent producer on',
    row: 6,
    finds: 'lost',
    file: 'libs/messaging/src/outbox-sender.js',
    replace: [
      ['idempotent: false,', 'idempotent: true,'],
      // The library does not go without a retry of its own then.
      ['retry: { ...CLIENT_RETRY, retries: 0 },', 'retry: { ...CLIENT_RETRY, retries: 1 },'],
    ],
  },
];

/** Changes the text of a built file; throws when it is not there, for then the mutant would prove nothing. */
export function applyMutant({ name, file, replace }: Mutant, build: string): void {
  const path = join(build, file);
  let text = readFileSync(path, 'utf8');
  for (const [before, after] of replace) {
    if (text.split(before).length !== 2)
      throw new Error(`the mutant "${name}" does not fit ${file} any more: ${before}`);
    text = text.replace(before, () => after);
  }
  writeFileSync(path, text);
}
