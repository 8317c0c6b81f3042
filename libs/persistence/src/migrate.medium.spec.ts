import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServiceDatabase } from '#testing';
import { migrate, type Migration } from './index.ts';

const step = (name: string): Migration => ({
  name,
  up: () => `create table ${name.replace(/^\d+-/, '')} (id int)`,
});

describe('migrations', () => {
  let created: Awaited<ReturnType<typeof createServiceDatabase>>;
  const run = (steps: readonly Migration[]): Promise<string[]> =>
    migrate(created.ownerUrl, steps, 'migrations_app');

  beforeAll(async () => {
    created = await createServiceDatabase({
      service: 'migrations',
      migrations: [step('002-second'), step('001-third')],
    });
  });

  afterAll(() => created.drop());

  it('do nothing the second time', async () => {
    expect(await run([step('002-second'), step('001-third')])).toEqual([]);
  });

  it('run a step that was added before others, and do not repeat the others', async () => {
    const done = await run([step('000-first'), step('002-second'), step('001-third')]);
    expect(done).toEqual([expect.stringContaining('000-first')]);
  });

  it('leave the database as it was when one of them fails', async () => {
    const broken: Migration = { name: '004-broken', up: () => 'create table broken (id nothing)' };
    await expect(run([step('002-second'), step('001-third'), step('003-fourth'), broken])).rejects.toThrow(
      'nothing',
    );
    expect(await run([step('002-second'), step('001-third'), step('003-fourth')])).toEqual([
      expect.stringContaining('003-fourth'),
    ]);
  });
});
