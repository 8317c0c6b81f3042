import { Controller, Get, Inject } from '@nestjs/common';
import { newestDeadLetters, UNATTRIBUTED, type KeptDeadLetter } from '#persistence';
import { Caller, StaffRoute, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';

const LISTED_MAX = 200;

/**
 * GET /v1/dead-letters: what could not be taken, newest first, with its reason and without its content. A supervisor
 * sees those of their forces, and those that say no force: somebody must.
 */
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute('supervisor')
  async list(@Caller() caller: StaffCaller): Promise<{ items: readonly KeptDeadLetter[] }> {
    const forces = [...this.unit.forcesOf(caller), UNATTRIBUTED];
    return { items: await this.unit.database.transaction(forces, (client) => newestDeadLetters(client, LISTED_MAX)) };
  }
}
