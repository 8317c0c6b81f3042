import type { RequestChanged } from '#contracts';

/** An event in the timeline, with the person who caused it. */
export interface TimelineEntry {
  readonly type: string;
  readonly at: string;
  readonly person: string | null;
  readonly sequence: number;
  readonly state: string;
  readonly role?: string;
  readonly question?: string;
  readonly reason?: string;
  readonly belongsTo?: string;
  readonly milestone?: string;
  /** True if the event is published to the force; false if it stays in the unit. */
  readonly told: boolean;
  /** The moment it was sent to the force; null if it is not sent yet or stays in the unit. */
  readonly sentAt: string | null;
}

export interface EventColumns {
  readonly type: string;
  readonly time: Date;
  readonly person: string | null;
  readonly data: RequestChanged;
  readonly told: boolean;
  readonly sentAt: Date | null;
}

export function timelineEntry({ type, time, person, data, told, sentAt }: EventColumns): TimelineEntry {
  const { sequence, state, byRole, question, reason, belongsTo, milestone } = data;
  return {
    type,
    at: time.toISOString(),
    person,
    sequence,
    state,
    role: byRole,
    question,
    reason,
    belongsTo,
    milestone,
    told,
    sentAt: sentAt?.toISOString() ?? null,
  };
}
