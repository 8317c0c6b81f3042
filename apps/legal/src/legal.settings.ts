import { DatedSettings } from '#kernel';
import settings from './legal.settings.json' with { type: 'json' };

/** Service levels in working days. A level without a source is a setting of this deployment. */
export const serviceLevels = new DatedSettings<number>(settings.serviceLevels);

/**
 * Years after which a claim is out of time, by kind of claim. A kind that is not listed has no known period.
 */
export const limitationYears = new DatedSettings<number>(settings.limitation);
