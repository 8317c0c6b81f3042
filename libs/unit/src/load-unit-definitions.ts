import { isSlug } from '#kernel';
import { defineUnit } from './define-unit.ts';
import type { UnitDefinition } from './unit-definition.ts';

/** `.ts` in the sources, `.js` when built; unit definitions come in the same form as this library. */
const EXTENSION = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/**
 * Finds units by their folders: `apps/<slug>/src/<slug>.unit` default-exports the definition. Throws if one
 * is missing or has another slug, or if two units have a type of the same name, because intake routes by
 * type.
 */
export async function loadUnitDefinitions(slugs: readonly string[]): Promise<UnitDefinition[]> {
  const definitions = await Promise.all(slugs.map(loadUnitDefinition));
  const owners = new Map<string, string>();
  for (const { slug, requestTypes } of definitions) {
    for (const { name } of requestTypes) {
      const other = owners.get(name);
      if (other !== undefined && other !== slug)
        throw new Error(`Both ${other} and ${slug} declare the request type ${name}: a type has one unit.`);
      owners.set(name, slug);
    }
  }
  return definitions;
}

async function loadUnitDefinition(slug: string): Promise<UnitDefinition> {
  if (!isSlug(slug)) throw new Error(`"${slug}" cannot be the folder name of a unit.`);
  const place = `apps/${slug}/src/${slug}.unit${EXTENSION}`;
  const module = (await import(new URL(`../../../${place}`, import.meta.url).href)) as {
    default?: UnitDefinition;
  };
  if (!module.default) throw new Error(`${place} must default-export the result of defineUnit.`);
  const definition = defineUnit(module.default);
  if (definition.slug !== slug)
    throw new Error(`${place} defines the unit "${definition.slug}": folder and slug must be the same.`);
  return definition;
}
