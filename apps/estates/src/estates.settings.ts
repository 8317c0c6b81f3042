import { DatedSettings } from '#kernel';
import settings from './estates.settings.json' with { type: 'json' };

/**
 * Time limits by `<stage>.<priority>`, in elapsed hours for P1 to P6 and in calendar months for P7. The
 * published example gives one limit for each priority and times respond, make safe and fix separately. Until
 * the forces agree a limit for each stage, all three stages use the limit of the priority. A later line can
 * set one stage alone.
 */
export const prioritySettings = new DatedSettings<number>(settings.priorities);

/** Service levels in working days. Every one is a setting of this deployment. */
export const serviceLevels = new DatedSettings<number>(settings.serviceLevels);
