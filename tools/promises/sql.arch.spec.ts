import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../../deploy/local/deployment.ts';
import { crowdedLines, repeatedNames, strayStatements } from './sql.ts';

const SOURCES = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT });
/** Tests, generated files and data definitions: those are read as a whole, not statement by statement. */
const NOT_STATEMENTS = /\.(?:spec|fixture|generated|migrations?)\.ts$|\/schema\/|^libs\/testing\//;

describe('the SQL of the services', () => {
  it('stands in .sql.ts files, one clause a line and at most 100 columns', () => {
    const faults = SOURCES.filter((file) => !NOT_STATEMENTS.test(file)).flatMap((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const found = file.endsWith('.sql.ts') ? crowdedLines(source) : strayStatements(source);
      return found.map(({ line, says }) => `${file}:${line} ${says}`);
    });
    expect(faults).toEqual([]);
  });

  it.each(
    globSync('apps/*/src/*.unit.ts', { cwd: ROOT })
      .map((file) => [file.split('/')[1] ?? '', 'apps/{unit}/src/,libs/unit/src/,libs/persistence/src/'])
      .concat([['intake', 'apps/{unit}/src/,libs/persistence/src/']]),
  )('gives each prepared statement a name of its own in %s', (service, folders) => {
    const inService = folders.replace('{unit}', service).split(',');
    const sources = SOURCES.filter(
      (file) => !NOT_STATEMENTS.test(file) && inService.some((folder) => file.startsWith(folder)),
    ).map((file) => readFileSync(join(ROOT, file), 'utf8'));
    expect(repeatedNames(sources)).toEqual([]);
  });

  it('would find a name that stands twice: PostgreSQL refuses another text under a known name', () => {
    const one = "query({ name: 'lock', text: LOCK })";
    expect(repeatedNames([one, "query({\n  name: 'lock',\n  text: LOCK,\n})"])).toEqual(['lock']);
    expect(repeatedNames([one])).toEqual([]);
    expect(repeatedNames([one, 'query({ "name": "lock", values: [id], text: LOCK })'])).toEqual(['lock']);
    expect(repeatedNames([one, 'query({ values, text, name: `lock` })'])).toEqual(['lock']);
    expect(repeatedNames([one, "field({ name: 'lock', type: 'text' })"])).toEqual([]);
  });

  it('would be found outside such a file, and with two clauses on a line', () => {
    const long =
      'select id, state, due_at from task where owning_force = $1 and state = any ($2) order by due_at';
    expect(strayStatements(`const text = '${long}';`)).toHaveLength(1);
    expect(strayStatements('const text = `\nselect 1\nfrom task`;')).toHaveLength(1);
    expect(crowdedLines('export const A = `\nselect id from task\nwhere id = $1`;')).toEqual([
      { line: 2, says: 'it holds more than one clause' },
    ]);
    expect(crowdedLines(`export const A = \`\nselect ${'a'.repeat(101)}\nfrom task\`;`)).toHaveLength(1);
    expect(strayStatements('const text = `\nwith recursive a (b) as (select 1)\nselect`;')).toHaveLength(1);
    expect(strayStatements('const text = `\nMERGE INTO task\nUSING new_task`;')).toHaveLength(1);
    for (const crowded of [
      'SELECT id FROM task',
      'Where a IS NOT DISTINCT FROM b Order By c',
      'merge into task using new_task on true',
      'when matched then update set a = 1',
      'delete from task using old_task',
    ])
      expect(crowdedLines(`export const A = \`\nselect a\n${crowded}\`;`)).toHaveLength(1);
    const clean = [
      'with task as materialized (',
      '  select id, (select max(n) from event where event.id = a.id) as last',
      '  from task as a',
      '  left join lateral unnest($1) as b on true',
      '  where a.state is distinct from b.state',
      ')',
      'insert into note (id)',
      'select id',
      'from task',
      'on conflict (id) do update',
      "set text = 'from here, where it is'",
      'RETURNING id',
      'merge into task',
      'using new_task on true',
      'when not matched then insert (id)',
      'values (new_task.id)',
      'left join event using (id)',
    ].join('\n');
    expect(crowdedLines(`export const A = \`\n${clean}\`;`)).toEqual([]);
  });
});
