import { DatedSettings } from '#kernel';
import settings from './firearms-licensing.settings.json' with { type: 'json' };

/** Service levels for which no published figure was found. They are settings of this deployment. */
export const serviceLevels = new DatedSettings<number>(settings.serviceLevels);

/**
 * Fees in pence by `<grant|renewal>.<kind of certificate>`. Some fees were not found (variation, dealer,
 * visitor, replacement, explosives). They are absent and have no default: the answer then says that the
 * amount is not known.
 */
export const feesPence = new DatedSettings<number>(settings.feesPence);
