import { Controller, Get, Inject } from '@nestjs/common';
import { Caller, StaffRoute, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { countRequests, type ForceCounts } from './count-requests.ts';

/** GET /v1/counts: the arrived requests equal the open, answered, declined and withdrawn ones together. */
@Controller('v1/counts')
export class CountsController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  async counts(@Caller() caller: StaffCaller): Promise<{ byForce: Readonly<Record<string, ForceCounts>> }> {
    return { byForce: await countRequests(this.unit, caller) };
  }
}
