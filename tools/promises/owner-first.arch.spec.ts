import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

const SCHEMAS = join(ROOT, 'docs/reference/schema');

/** Indexes that only the relay reads. It reads the events of all forces and answers no request. */
const OF_THE_RELAY = ['event_by_position', 'event_by_xid', 'unsent_by_topic'];

/** Lists indexes that do not begin with the owner, of tables that have one. */
function strayIndexes(schema: string): string[] {
  const lines = schema.split('\n');
  const owned = lines.flatMap((line) => /^(\w+)\.owning_force /.exec(line)?.[1] ?? []);
  return lines.flatMap((line) => {
    const [, name = '', table = '', first = ''] =
      /^CREATE (?:UNIQUE )?INDEX (\w+) ON public\.(\w+) USING \w+ \("?(\w+)/.exec(line) ?? [];
    return owned.includes(table) && first !== 'owning_force' && !OF_THE_RELAY.includes(name) ? [name] : [];
  });
}

/**
 * A search for a record of another force must take as long as a search for a record that does not exist,
 * because the time would otherwise reveal the record. An index that begins with the owner leads to no row of
 * another force, so that row security has no row to discard.
 */
describe('every index of a table with an owner begins with the owner', () => {
  it.each(readdirSync(SCHEMAS))('in %s', (file) => {
    expect(strayIndexes(readFileSync(join(SCHEMAS, file), 'utf8'))).toEqual([]);
  });

  it('and an index that does not is found', () => {
    const table = ['paper.owning_force text not null', 'paper.id uuid not null'];
    const indexes = [
      'CREATE INDEX good ON public.paper USING btree (owning_force, id)',
      'CREATE UNIQUE INDEX bad ON public.paper USING btree (id)',
    ];
    expect(strayIndexes([...table, ...indexes].join('\n'))).toEqual(['bad']);
  });
});
