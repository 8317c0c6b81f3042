import { Figures } from '#kernel';
import settings from './crime-recording.settings.json' with { type: 'json' };

/** Working days that this unit gives itself; every one is a setting of this deployment. */
export const serviceLevels = new Figures<number>(settings.serviceLevels);

/** How references are written: `{force}`, `{serial}` and `{year}` stand for their parts. */
export const formats = new Figures<string>(settings.formats);
