import type { Schema } from '#contracts';
import {
  FINAL_STATES,
  readClock,
  STATES,
  URGENCIES,
  urgencyOf,
  type ClockReadout,
  type State,
  type Urgency,
} from '#requests';
import { answerSchema, listOf, MOMENT, named, orNull, TEXT, UUID } from '#web';
import { subjectOf } from './subject.ts';
import type { ListedRow, TaskRow } from './task-row.ts';
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

/** A line of a list, which also says what the request is about. */
export interface ListedTask extends TaskView {
  readonly subject: string;
}

/** A clock as staff see it. */
export const CLOCK_SCHEMA = answerSchema<ClockReadout>({
  name: TEXT,
  state: {
    type: 'string',
    enum: ['running', 'paused', 'met', 'breached'],
    description: '`breached`: it was met too late, or its due moment has passed and it is not met',
  },
  dueAt: orNull(MOMENT),
  dueDay: orNull({
    type: 'string',
    format: 'date',
    description: 'The day at whose end it is due, for clocks in days and months',
  }),
  metAt: orNull(MOMENT),
  left: orNull({
    type: 'number',
    description: 'The time left in `leftUnit`, below zero if overdue; null once met',
  }),
  leftUnit: { type: 'string', enum: ['milliseconds', 'working-milliseconds', 'days', 'working-days'] },
  unproven: {
    type: 'boolean',
    description: 'True if it is counted over years whose bank holidays are not known yet',
  },
});

const VERSION: Schema = { type: 'integer', minimum: 1, description: 'Also the ETag' };

/** The schemas of the fields that every view of a request has. */
export const TASK_FIELDS: { readonly [Name in keyof TaskView]: Schema } = {
  id: UUID,
  unitReference: { ...TEXT, description: 'The short reference, such as FLT-26-000123' },
  force: { ...TEXT, description: 'The owning force' },
  forceReference: { ...TEXT, description: 'The force’s own reference' },
  type: TEXT,
  title: { ...TEXT, description: 'The title of the type' },
  state: { type: 'string', enum: STATES },
  assignee: orNull(TEXT),
  urgency: orNull({ type: 'string', enum: URGENCIES, description: 'Null once it is finished' }),
  dueAt: orNull(MOMENT),
  risk: { type: 'integer', minimum: 0, maximum: 9 },
  version: VERSION,
  receivedAt: MOMENT,
  updatedAt: MOMENT,
  clocks: listOf(named('Clock')),
};

export const SUBJECT: Schema = {
  ...TEXT,
  description: 'What the request is about in one line; for law enforcement without personal data',
};

export const LISTED_FIELDS: { readonly [Name in keyof ListedTask]: Schema } = {
  ...TASK_FIELDS,
  subject: SUBJECT,
};

export const TASK_SCHEMA = answerSchema<TaskView>(TASK_FIELDS);

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

export function listedTask(unit: UnitRuntime, task: ListedRow): ListedTask {
  return { ...taskView(unit, task), subject: subjectOf(unit.typeOf(task).type, task.payload) };
}
