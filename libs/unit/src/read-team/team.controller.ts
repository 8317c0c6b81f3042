import { Controller, Get, Inject } from '@nestjs/common';
import type { Schema } from '#contracts';
import { URGENCIES } from '#requests';
import {
  answerSchema,
  Caller,
  COUNT,
  Described,
  json,
  listOf,
  MOMENT,
  named,
  orNull,
  STAFF_ROLES,
  StaffRoute,
  TEXT,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { OF_PERSON_MAX, PEOPLE_MAX } from './read-team.sql.ts';
import { readTeam, STUCK_MAX, type Load, type PersonLoad, type TeamView } from './read-team.ts';

const LOAD_FIELDS: { readonly [Name in keyof Load]: Schema } = {
  open: COUNT,
  byUrgency: {
    type: 'object',
    properties: Object.fromEntries(URGENCIES.map((urgency) => [urgency, COUNT])),
    required: URGENCIES,
  },
  oldestDueAt: orNull({ ...MOMENT, description: 'Null if no clock of these requests runs' }),
};

const TEAM_SCHEMA = answerSchema<TeamView>({
  people: listOf(
    answerSchema<PersonLoad>({
      ...LOAD_FIELDS,
      person: TEXT,
      name: orNull({ ...TEXT, description: 'Null for a person who has not signed in to this unit' }),
      role: orNull({ type: 'string', enum: STAFF_ROLES }),
      lastChangeAt: { ...MOMENT, description: 'The newest change of any of these requests' },
      more: { type: 'boolean', description: 'True if there are more requests than were counted' },
    }),
  ),
  unassigned: { ...answerSchema<Load>(LOAD_FIELDS), description: 'The requests that nobody has' },
  stuck: {
    ...listOf(named('QueueItem')),
    description: `Assigned requests, at most ${STUCK_MAX}; the one that nobody has changed for the longest time is first`,
  },
});

const EXAMPLE: TeamView = {
  people: [
    {
      person: 'fleet.caseworker',
      name: 'Fleet caseworker',
      role: 'caseworker',
      open: 3,
      byUrgency: { criticallyOverdue: 0, overdue: 1, dueSoon: 1, notDueYet: 0, paused: 1 },
      oldestDueAt: '2026-03-02T17:00:00.000Z',
      lastChangeAt: '2026-03-03T09:12:00.000Z',
      more: false,
    },
  ],
  unassigned: {
    open: 1,
    byUrgency: { criticallyOverdue: 0, overdue: 0, dueSoon: 0, notDueYet: 1, paused: 0 },
    oldestDueAt: '2026-03-09T17:00:00.000Z',
  },
  stuck: [],
};

/** GET /v1/team shows who has how much of the open work. */
@Controller('v1/team')
export class TeamController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute('supervisor', 'auditor')
  @Described({
    id: 'readTeam',
    summary: 'Read who has how much of the open work',
    details: `The open requests of the forces that you may see, by person and by urgency, the most overdue person first. At most ${PEOPLE_MAX} people of each force, and ${OF_PERSON_MAX} requests of each of them, are read.`,
    answers: { 200: { means: 'The load of each person', content: json(TEAM_SCHEMA, EXAMPLE) } },
  })
  read(@Caller() caller: StaffCaller): Promise<TeamView> {
    return readTeam(this.unit, caller);
  }
}
