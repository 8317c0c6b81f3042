import { Figures } from '#kernel';
import settings from './estates.settings.json' with { type: 'json' };

/**
 * `<stage>.<priority>`, in elapsed hours for P1 to P6 and calendar months for P7. The published example gives
 * one figure for each priority and says that respond, make safe and fix are timed apart; until the forces
 * agree figures for each stage, all three take the priority's one. A stage can be set on its own by a later
 * line.
 */
export const priorityFigures = new Figures<number>(settings.priorities);

/** Working days that this unit gives itself; every one is a setting of this deployment. */
export const serviceLevels = new Figures<number>(settings.serviceLevels);
