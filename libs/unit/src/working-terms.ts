import { DEMONSTRATION_WORKING_HOURS, HOUR_MS, WorkingCalendar, type WorkingHours } from '#kernel';
import { DEMONSTRATION_URGENCY, type UrgencyThresholds } from '#requests';
import { integerSetting, type Setting } from '#web';

/** At most a week, because a request that is due later is not due soon. */
const URGENCY_HOURS = { min: 1, max: 168 };
const DEMONSTRATED_HOURS = {
  dueSoon: DEMONSTRATION_URGENCY.dueSoonWithinMs / HOUR_MS,
  criticallyOverdue: DEMONSTRATION_URGENCY.criticallyOverdueAfterMs / HOUR_MS,
};

/** The working hours and the urgency thresholds of a unit; each unit sets them in its environment. */
export interface WorkingTerms {
  readonly workingHours: WorkingHours;
  readonly urgency: UrgencyThresholds;
}

/** The settings for the terms. Without them the demonstration values apply, whose source is empty. */
export const WORKING_TERMS = {
  workingHours: workingHoursSetting('WORKING_HOURS'),
  dueSoonHours: integerSetting('URGENCY_DUE_SOON_HOURS', URGENCY_HOURS, DEMONSTRATED_HOURS.dueSoon),
  criticallyOverdueHours: integerSetting(
    'URGENCY_CRITICALLY_OVERDUE_HOURS',
    URGENCY_HOURS,
    DEMONSTRATED_HOURS.criticallyOverdue,
  ),
};

/** The terms from the values that `WORKING_TERMS` has read. */
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

/** Opening hours such as `09:00-17:00`, by the wall clock in London, on working days. */
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
