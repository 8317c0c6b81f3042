import { FINAL_STATES, readClock, urgencyOf, type ClockReadout, type State, type Urgency } from '#requests';
import type { TaskRow } from './task-row.ts';
import type { UnitRuntime } from './unit-runtime.ts';

/** A line of the queue, as staff see it. */
export interface TaskView {
  readonly id: string;
  readonly unitReference: string;
  readonly force: string;
  readonly forceReference: string;
  readonly type: string;
  readonly title: string;
  readonly state: State;
  readonly assignee: string | null;
  /** Null once it is finished, because nothing is due any more. */
  readonly urgency: Urgency | null;
  readonly dueAt: string | null;
  readonly risk: number;
  /** The version is also the ETag, and the sequence of the last change. */
  readonly version: number;
  readonly receivedAt: string;
  readonly updatedAt: string;
  readonly clocks: readonly ClockReadout[];
}

export function taskView(unit: UnitRuntime, task: TaskRow): TaskView {
  return {
    id: task.id,
    unitReference: task.unitReference,
    force: task.force,
    forceReference: task.forceReference,
    type: task.type,
    title: unit.typeOf(task).type.title,
    state: task.state,
    assignee: task.assignee,
    urgency: FINAL_STATES.includes(task.state) ? null : urgencyOf(task.dueAt, task.at, unit.urgency),
    dueAt: task.dueAt?.toISOString() ?? null,
    risk: task.risk,
    version: task.version,
    receivedAt: task.receivedAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    clocks: task.clocks.map((clock) => readClock(clock, task.at, unit.calendar)),
  };
}
