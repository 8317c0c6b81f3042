import { Controller, Get, Inject } from '@nestjs/common';
import { UNATTRIBUTED } from '#kernel';
import { newestDeadLetters, recordAccess, type AccessEntry, type KeptDeadLetter } from '#persistence';
import {
  answerSchema,
  Caller,
  COUNT,
  Described,
  json,
  listOf,
  MOMENT,
  named,
  StaffRoute,
  TEXT,
  UUID,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';

const LISTED_MAX = 200;

interface DeadLettersView {
  readonly items: readonly KeptDeadLetter[];
}

const DEAD_LETTERS_SCHEMA = answerSchema<DeadLettersView>({
  items: listOf(
    answerSchema<KeptDeadLetter>({
      owningForce: { ...TEXT, description: '`unattributed` if the message names no force' },
      id: UUID,
      topic: TEXT,
      partition: { type: 'integer', minimum: 0 },
      offset: TEXT,
      reason: TEXT,
      problem: named('Problem'),
      keptAt: MOMENT,
      bytes: COUNT,
    }),
  ),
});

/**
 * GET /v1/dead-letters lists the messages that could not be processed, newest first, with reason and without
 * content. A supervisor sees those of their forces and those without a force, because somebody must see
 * these.
 */
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute('supervisor')
  @Described({
    id: 'listDeadLetters',
    summary: 'List the messages that could not be processed',
    details: `The newest ${LISTED_MAX}, without their content: those of your forces, and those without a force.`,
    answers: { 200: { means: 'The messages', content: json(DEAD_LETTERS_SCHEMA) } },
  })
  async list(@Caller() caller: StaffCaller): Promise<DeadLettersView> {
    const forces = [...this.unit.forcesOf(caller), UNATTRIBUTED];
    const items = await this.unit.database.transaction(forces, async (client) => {
      const listed = await newestDeadLetters(client, LISTED_MAX);
      // A problem may quote the message, so in a unit with law-enforcement records the list is a
      // consultation.
      if (this.unit.lawEnforcement)
        await recordAccess(client, consultations(listed, caller, this.unit.definition.slug));
      return listed;
    });
    return { items };
  }
}

/** One entry for each owner of listed letters; the letters themselves show what the list was at that time. */
function consultations(
  listed: readonly KeptDeadLetter[],
  { person }: StaffCaller,
  service: string,
): AccessEntry[] {
  const owners = new Set(listed.map(({ owningForce }) => owningForce));
  return [...owners].map((owningForce) => ({
    owningForce,
    person,
    service,
    operation: 'consultation',
    requestId: null,
    reason: 'dead letters',
  }));
}
