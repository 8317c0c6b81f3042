import { Figures } from '#kernel';
import settings from './legal.settings.json' with { type: 'json' };

/** Working days; those without a source are settings of this deployment. */
export const serviceLevels = new Figures<number>(settings.serviceLevels);

/** Years after which a claim is out of time, by its kind. A kind that is not here has no known period. */
export const limitationYears = new Figures<number>(settings.limitation);
