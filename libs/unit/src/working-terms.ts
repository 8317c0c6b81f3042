import { DEMONSTRATION_WORKING_HOURS, HOUR_MS, WorkingCalendar, type WorkingHours } from '#kernel';
import { DEMONSTRATION_URGENCY, type UrgencyThresholds } from '#requests';
import { integerSetting, type Setting } from '#web';

/** A week; what is due later than that is not soon, by anybody's word. */
const URGENCY_HOURS = { min: 1, max: 168 };
const DEMONSTRATED_HOURS = {
  dueSoon: DEMONSTRATION_URGENCY.dueSoonWithinMs / HOUR_MS,
  criticallyOverdue: DEMONSTRATION_URGENCY.criticallyOverdueAfterMs / HOUR_MS,
};

/** When a unit works, and from when on its requests press: each unit decides it, by its environment. */
export interface WorkingTerms {
  readonly workingHours: WorkingHours;
  readonly urgency: UrgencyThresholds;
}

/** Without them the values marked for demonstration hold, whose source is empty. */
export const WORKING_TERMS = {
  workingHours: workingHoursSetting('WORKING_HOURS'),
  dueSoonHours: integerSetting('URGENCY_DUE_SOON_HOURS', URGENCY_HOURS, DEMONSTRATED_HOURS.dueSoon),
  criticallyOverdueHours: integerSetting(
    'URGENCY_CRITICALLY_OVERDUE_HOURS',
    URGENCY_HOURS,
    DEMONSTRATED_HOURS.criticallyOverdue,
  ),
};

/** The terms of what was read by `WORKING_TERMS`. */
export function termsOf(read: {
  readonly workingHours: WorkingHours;
  readonly dueSoonHours: number;
  readonly criticallyOverdueHours: number;
}): WorkingTerms {
  const { workingHours, dueSoonHours, criticallyOverdueHours } = read;
  const demonstrated =
    dueSoonHours === DEMONSTRATED_HOURS.dueSoon &&
    criticallyOverdueHours === DEMONSTRATED_HOURS.criticallyOverdue;
  const urgency = {
    dueSoonWithinMs: dueSoonHours * HOUR_MS,
    criticallyOverdueAfterMs: criticallyOverdueHours * HOUR_MS,
    source: 'the environment of this unit',
  };
  return { workingHours, urgency: demonstrated ? DEMONSTRATION_URGENCY : urgency };
}

/** `09:00-17:00`, wall clock in London, on working days. */
function workingHoursSetting(name: string): Setting<WorkingHours> {
  return {
    name,
    expects: 'two times of day such as 09:00-17:00, the later one last',
    fallback: { value: DEMONSTRATION_WORKING_HOURS },
    read: (text) => {
      const [, opensAt, closesAt] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text) ?? [];
      if (opensAt === undefined || closesAt === undefined) return undefined;
      const hours = { opensAt, closesAt, source: 'the environment of this unit' };
      try {
        return new WorkingCalendar(hours).hours;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return undefined;
      }
    },
  };
}
