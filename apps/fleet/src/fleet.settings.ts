import { DatedSettings } from '#kernel';
import settings from './fleet.settings.json' with { type: 'json' };

/** Service levels in working hours and days. Every one is a setting of this deployment. */
export const serviceLevels = new DatedSettings<number>(settings.serviceLevels);

const choices = new DatedSettings<readonly string[]>(settings.choices);

/** Lists the configured values of a field. Throws if there are none, because a choice needs values. */
export function choicesOf(name: string): readonly string[] {
  const found = choices.on(name);
  if (!found) throw new Error(`No choices are configured for ${name} (fleet.settings.json)`);
  return found.value;
}
