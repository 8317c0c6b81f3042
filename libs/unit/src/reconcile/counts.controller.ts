import { Controller, Get, Inject } from '@nestjs/common';
import { answerSchema, Caller, Described, json, named, StaffRoute, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { countRequests, type ForceCounts } from './count-requests.ts';

interface CountsView {
  readonly byForce: Readonly<Record<string, ForceCounts>>;
}

const COUNTS_SCHEMA = answerSchema<CountsView>({
  byForce: { type: 'object', additionalProperties: named('Counts') },
});

/** GET /v1/counts: the arrived requests equal the open, answered, declined and withdrawn ones together. */
@Controller('v1/counts')
export class CountsController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'countRequests',
    summary: 'Count the requests of each force',
    details:
      'For reconciliation: `arrived` is counted by itself and equals the sum of the states. `deadLettered` counts messages that could not be processed.',
    answers: { 200: { means: 'The numbers, by force', content: json(COUNTS_SCHEMA) } },
  })
  async counts(@Caller() caller: StaffCaller): Promise<CountsView> {
    return { byForce: await countRequests(this.unit, caller) };
  }
}
