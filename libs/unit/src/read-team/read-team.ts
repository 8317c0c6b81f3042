import { URGENCIES, urgencyBounds, type Urgency } from '#requests';
import type { StaffCaller, StaffRole } from '#web';
import { countQueue } from '../list-queue/count-queue.ts';
import type { ListedRow } from '../task-row.ts';
import { listedTask, type ListedTask } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { FIRST_UNASSIGNED, LOADS, STUCK } from './read-team.sql.ts';

export interface Load {
  readonly open: number;
  readonly byUrgency: Readonly<Record<Urgency, number>>;
  /** Null if no clock of these requests runs. */
  readonly oldestDueAt: string | null;
}

export interface PersonLoad extends Load {
  readonly person: string;
  /** Null for a person who has not signed in to this unit. */
  readonly name: string | null;
  readonly role: StaffRole | null;
  /** The moment of the newest change of any of these requests. */
  readonly lastChangeAt: string;
  /** True if the person has more open requests than were read. */
  readonly more: boolean;
}

export interface TeamView {
  /** The people who have open requests, the most overdue first. */
  readonly people: readonly PersonLoad[];
  readonly unassigned: Load;
  /** The assigned requests that nobody has changed for the longest time, these first. */
  readonly stuck: readonly ListedTask[];
}

interface LoadRow {
  readonly person: string;
  readonly name: string | null;
  readonly role: StaffRole | null;
  readonly critical: number;
  readonly overdue: number;
  readonly soon: number;
  readonly later: number;
  readonly paused: number;
  readonly oldestDueAt: Date | null;
  readonly lastChangeAt: Date;
  readonly more: boolean;
}

export const STUCK_MAX = 20;

/**
 * Reads who has how much of the open work of the caller's forces. All statements see the same moment, so that
 * the numbers agree with each other.
 */
export async function readTeam(unit: UnitRuntime, caller: StaffCaller): Promise<TeamView> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const [, { rows }] = await Promise.all([
      client.query('set transaction isolation level repeatable read, read only'),
      client.query<{ now: Date }>({ name: 'team-now', text: 'select clock_timestamp() as now' }),
    ]);
    const now = (rows[0] as { now: Date }).now;
    const { criticallyOverdueBefore, overdueBefore, dueSoonUpTo } = urgencyBounds(now, unit.urgency);
    const { person } = caller;
    const waiting = { seen: forces, forces, types: null, state: undefined, assignee: 'none', person };
    const [loads, stuck, { filtered }, first] = await Promise.all([
      client.query<LoadRow>({
        name: 'team-loads',
        text: LOADS,
        values: [forces, criticallyOverdueBefore, overdueBefore, dueSoonUpTo],
      }),
      client.query<ListedRow>({ name: 'team-stuck', text: STUCK, values: [forces, STUCK_MAX] }),
      countQueue(client, waiting, now, unit.urgency),
      client.query<{ oldestDueAt: Date | null }>({
        name: 'first-unassigned',
        text: FIRST_UNASSIGNED,
        values: [forces],
      }),
    ]);
    return {
      people: loads.rows.map(personLoad),
      unassigned: {
        open: sumOf(filtered),
        byUrgency: filtered,
        oldestDueAt: first.rows[0]?.oldestDueAt?.toISOString() ?? null,
      },
      stuck: stuck.rows.map((task) => listedTask(unit, { ...task, at: now })),
    };
  });
}

function personLoad(row: LoadRow): PersonLoad {
  const { person, name, role, critical, overdue, soon, later, paused, more } = row;
  const byUrgency: Record<Urgency, number> = {
    criticallyOverdue: critical,
    overdue,
    dueSoon: soon,
    notDueYet: later,
    paused,
  };
  return {
    person,
    name,
    role,
    open: sumOf(byUrgency),
    byUrgency,
    oldestDueAt: row.oldestDueAt?.toISOString() ?? null,
    lastChangeAt: row.lastChangeAt.toISOString(),
    more,
  };
}

const sumOf = (counts: Readonly<Record<Urgency, number>>): number =>
  URGENCIES.reduce((sum, urgency) => sum + counts[urgency], 0);
