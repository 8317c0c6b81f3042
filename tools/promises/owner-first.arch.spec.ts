import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

const SCHEMAS = join(ROOT, 'docs/reference/schema');

/** Read by the relay alone, which goes through every force's events and answers nobody. */
const OF_THE_RELAY = ['event_by_position', 'event_by_xid', 'unsent_by_topic'];

/** Indexes of tables with an owner that do not begin with it. */
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
 * To look for what another force has must cost what it costs to look for what nobody has, or the time would tell. An index that begins with the
 * owner leads to no row of another: nothing is read of it, and nothing is thrown away by row security after it was found.
 */
describe('every index of a table with an owner begins with the owner', () => {
  it.each(readdirSync(SCHEMAS))('in %s', (file) => {
    expect(strayIndexes(readFileSync(join(SCHEMAS, file), 'utf8'))).toEqual([]);
  });

  it('and one that does not would be found', () => {
    const table = ['paper.owning_force text not null', 'paper.id uuid not null'];
    const indexes = [
      'CREATE INDEX good ON public.paper USING btree (owning_force, id)',
      'CREATE UNIQUE INDEX bad ON public.paper USING btree (id)',
    ];
    expect(strayIndexes([...table, ...indexes].join('\n'))).toEqual(['bad']);
  });
});
