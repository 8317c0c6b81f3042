import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newestTypes, readSearchQuery, searchRequests, type UnitDefinition } from '#unit';
import { UnitAtRest } from './describe-unit.at-rest.ts';

/** A text that staff type, the type of the example that it finds, and the titles of the fields. */
type Findable = readonly [q: string, type: string, matched: string];

const [SEEN, HIDDEN] = ['north', 'south'];

/** Tests that the examples of a unit's request types are found by the fields that their classes mark. */
export function describeSearch(
  definition: UnitDefinition,
  findable: readonly Findable[],
  hidden: readonly string[] = [],
): void {
  describe(`a search in ${definition.slug}`, () => {
    let at: UnitAtRest;
    beforeAll(async () => {
      at = await UnitAtRest.start(definition, [SEEN, HIDDEN] as string[]);
      const examples = newestTypes(definition.requestTypes).flatMap((type) =>
        type.examples.map(({ payload }) => ({ type, payload })),
      );
      for (const force of [SEEN, HIDDEN] as string[])
        await at.arrive(...examples.map((example) => ({ force, ...example })));
    }, 60_000);
    afterAll(() => at.stop());

    const search = (q: string) =>
      searchRequests(
        at.unit,
        {
          kind: 'staff',
          person: 'ana',
          name: 'Ana',
          unit: definition.slug,
          role: 'caseworker',
          forces: [SEEN],
        },
        readSearchQuery({ q }),
      );

    it.each(findable)('finds "%s": %s by %s', async (q, type, matched) => {
      const { items, more } = await search(q);
      expect(items.map((item) => [item.force, item.type, item.matched])).toContainEqual([
        SEEN,
        type,
        matched,
      ]);
      expect(items.every(({ force }) => force === SEEN)).toBe(true);
      expect(more).toBe(false);
    });

    if (hidden.length > 0)
      it.each(hidden)('finds nothing for "%s", which is in no searched field', async (q) => {
        expect(await search(q)).toEqual({ items: [], more: false });
      });
  });
}
