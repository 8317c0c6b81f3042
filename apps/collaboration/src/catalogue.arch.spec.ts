import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deriveAgreements, parseCatalogue, unitsOf } from '#agreements';
import { defineUnit, loadUnitDefinitions, type UnitDefinition } from '#unit';

const root = new URL('../../../', import.meta.url);
const catalogue = parseCatalogue(readFileSync(new URL('deploy/catalogue.json', root), 'utf8'));
const definitions = await loadUnitDefinitions(unitsOf(catalogue));

describe('the catalogue and the units', () => {
  it('match: every unit of the catalogue has a folder and does the function of its line', () => {
    for (const { id, unit } of catalogue.functions) {
      if (unit === undefined) continue;
      expect(existsSync(new URL(`apps/${unit}/src/${unit}.unit.ts`, root))).toBe(true);
      expect(definitions.find(({ slug }) => slug === unit)?.functionId).toBe(id);
    }
  });

  it('agree on the decisions that need a delegation, because others could never be answered', () => {
    for (const { slug, requestTypes } of definitions) {
      const needed = requestTypes
        .filter(({ decision }) => decision === 'second-person-delegated')
        .map(({ name }) => name);
      const given = deriveAgreements(catalogue).find(({ unit }) => unit === slug)?.delegations ?? [];
      const delegated = new Set(given.flatMap((delegation) => delegation.requestTypes));
      expect([slug, [...delegated].sort()]).toEqual([slug, [...new Set(needed)].sort()]);
    }
  });

  it('has the 21 functions, and the four kinds of work that no unit may do', () => {
    expect(catalogue.functions.map(({ id }) => id)).toEqual(
      Array.from({ length: 21 }, (_, index) => `F${index + 1}`),
    );
    expect(catalogue.neverShared.map(({ id }) => id)).toEqual(['N1', 'N2', 'N3', 'N4']);
    for (const { id, title } of catalogue.neverShared) {
      expect(() => defineUnit({ ...(definitions[0] as UnitDefinition), functionId: id })).toThrow(
        `${title}, is never shared`,
      );
    }
  });

  it('have no request type for work that is never shared', () => {
    const kept = new Set(catalogue.neverShared.flatMap(({ slug, aliases }) => [slug, ...aliases]));
    for (const { requestTypes } of definitions)
      for (const { name } of requestTypes) expect(kept.has(name)).toBe(false);
  });
});
