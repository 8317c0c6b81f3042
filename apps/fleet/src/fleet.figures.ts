import { Figures } from '#kernel';
import settings from './fleet.settings.json' with { type: 'json' };

/** Working hours and days that this unit gives itself; every one is a setting of this deployment. */
export const serviceLevels = new Figures<number>(settings.serviceLevels);

const choices = new Figures<readonly string[]>(settings.choices);

/**
 * The configured list of values of a field. Throws when there is none: a choice without values can't be made.
 */
export function choicesOf(name: string): readonly string[] {
  const found = choices.on(name);
  if (!found) throw new Error(`No choices are configured for ${name} (fleet.settings.json)`);
  return found.value;
}
