import { DatedSettings } from '#kernel';
import settings from './crime-recording.settings.json' with { type: 'json' };

/** Service levels in working days. Every one is a setting of this deployment. */
export const serviceLevels = new DatedSettings<number>(settings.serviceLevels);

/** Formats of crime references. The placeholders are `{force}`, `{serial}` and `{year}`. */
export const formats = new DatedSettings<string>(settings.formats);
