import type { ClockReading, RequestChanged, RequestState } from '#contracts';
import type { WorkingCalendar } from '#kernel';
import { readClock, type ClockState } from '#requests';

/** What the force is told of its clocks: name, state, and when due. */
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
  readonly state: RequestState;
  readonly sequence: number;
  readonly at: Date;
  readonly clocks: readonly ClockReading[];
}

/** What the unit adds to one kind of event; absent members stay absent on the wire. */
export type ChangeDetail = Pick<
  RequestChanged,
  | 'byRole'
  | 'question'
  | 'reason'
  | 'belongsTo'
  | 'milestone'
  | 'answer'
  | 'payload'
  | 'reopenUntil'
  | 'changeId'
  | 'problem'
>;

export function requestChanged(request: ChangedRequest, detail: ChangeDetail = {}): RequestChanged {
  return { ...request, at: request.at.toISOString(), clocks: [...request.clocks], ...detail };
}
