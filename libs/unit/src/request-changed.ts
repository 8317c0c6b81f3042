import type { ClockReading, CurrentRequest, RequestChanged, RequestState } from '#contracts';
import type { WorkingCalendar } from '#kernel';
import { readClock, type ClockState, type RequestLife } from '#requests';

/** The clocks as the force sees them: name, state, and due moment. */
export function clockReadings(
  clocks: readonly ClockState[],
  at: Date,
  calendar: WorkingCalendar,
): ClockReading[] {
  return clocks.map((clock) => {
    const { name, state, dueAt } = readClock(clock, at, calendar);
    return { name, state, ...(dueAt !== null && { dueAt }) };
  });
}

/** The fields that every event of a request has. */
export interface ChangedRequest {
  readonly requestId: string;
  readonly forceReference: string;
  readonly unit: string;
  readonly type: string;
  readonly unitReference: string;
  readonly at: Date;
  readonly clocks: readonly ClockReading[];
}

/** The fields that belong to one kind of event; absent members stay absent on the wire. */
export type ChangeDetail = Pick<
  RequestChanged,
  'byRole' | 'question' | 'reason' | 'belongsTo' | 'milestone' | 'answer' | 'payload' | 'changeId' | 'problem'
>;

/** The part of a request's life that its events carry. */
export interface PublishedLife extends Pick<RequestLife, 'version' | 'question' | 'reason' | 'reopenUntil'> {
  readonly state: RequestState;
}

/**
 * An event of a request with its life after the change. A refused change moves nothing, so its event repeats
 * nothing.
 */
export function requestChanged(
  request: ChangedRequest,
  { state, version: sequence, question, reason, reopenUntil }: PublishedLife,
  detail: ChangeDetail = {},
): RequestChanged {
  const { at, clocks, ...about } = request;
  const event = { ...about, state, sequence, at: at.toISOString(), clocks: [...clocks], ...detail };
  if (detail.problem !== undefined) return event;
  const until = typeof reopenUntil === 'string' ? { reopenUntil } : {};
  const current: CurrentRequest = {
    state,
    ...(question && { question }),
    ...(reason !== null && { reason }),
    ...(detail.belongsTo !== undefined && { belongsTo: detail.belongsTo }),
    ...until,
  };
  return { ...event, ...until, current };
}
