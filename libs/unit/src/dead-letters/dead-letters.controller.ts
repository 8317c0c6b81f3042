import { Controller, Get, Inject } from '@nestjs/common';
import { UNATTRIBUTED } from '#kernel';
import { newestDeadLetters, recordAccess, type AccessEntry, type KeptDeadLetter } from '#persistence';
import { Caller, StaffRoute, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';

const LISTED_MAX = 200;

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
  async list(@Caller() caller: StaffCaller): Promise<{ items: readonly KeptDeadLetter[] }> {
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
