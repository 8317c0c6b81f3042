import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, UnitAtRest } from '#testing';
import { fillSearchTerms } from './fill-terms.ts';

const FORCES = ['north', 'south'];
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];

describe('a database in use that gets search', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, FORCES);
  });
  afterAll(() => at.stop());

  const terms = () =>
    at.rows('select owning_force, term, id from search_term order by owning_force, term, id');

  it('has the terms of every stored request, of each force, after the fill, and again nothing to fill', async () => {
    // More than one batch of one force.
    for (const force of FORCES)
      await at.arrive(...Array.from({ length: force === 'north' ? 600 : 3 }, () => ({ force, type })));
    const before = await terms();
    expect(before.length).toBeGreaterThan(1_200);
    await at.rows('truncate search_term');
    await at.rows(
      `insert into search_fill (force, filled_from)
      select slug, 'ffffffff-ffff-ffff-ffff-ffffffffffff' from unnest($1::text[]) as force (slug)`,
      [FORCES],
    );
    await fillSearchTerms(deskMoves, at.ownerUrl);
    expect(await terms()).toEqual(before);
    expect(await at.rows('select from search_fill')).toEqual([]);
    await fillSearchTerms(deskMoves, at.ownerUrl);
    expect(await terms()).toEqual(before);
  });

  it('continues a fill that was stopped with the requests before the last one that it filled', async () => {
    const before = await terms();
    const [{ id }] = (await at.rows(
      "select max(id::text) as id from request where owning_force = 'south'",
    )) as [{ id: string }];
    await at.rows('truncate search_term');
    await at.rows('insert into search_fill (force, filled_from) values ($1, $2)', ['south', id]);
    await fillSearchTerms(deskMoves, at.ownerUrl);
    expect(await terms()).toEqual(
      before.filter((term) => term['owning_force'] === 'south' && (term['id'] as string) < id),
    );
  });
});
