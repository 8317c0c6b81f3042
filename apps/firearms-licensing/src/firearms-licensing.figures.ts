import { Figures } from '#kernel';
import settings from './firearms-licensing.settings.json' with { type: 'json' };

/** What this unit gives itself where no figure was found; settings of this deployment. */
export const serviceLevels = new Figures<number>(settings.serviceLevels);

/**
 * Fees in pence, `<grant|renewal>.<kind of certificate>`. Those that were not found (variation, dealer,
 * visitor, replacement, explosives) are absent and have no default: a force is then told that the amount is
 * not known.
 */
export const feesPence = new Figures<number>(settings.feesPence);
