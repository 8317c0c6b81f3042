import { Controller, Get, Inject } from '@nestjs/common';
import { Database } from '#persistence';
import { Caller, Described, ForceRoute, json, named, type ForceCaller } from '#web';
import { countRequests, type RequestCounts } from './count-requests.ts';

@Controller('v1/counts')
export class CountsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** GET /v1/counts: the calling force's own numbers, to hold against its own records and against those of the units. */
  @Get()
  @ForceRoute()
  @Described({
    id: 'countRequests',
    summary: "Count the force's requests by state",
    details: 'In one snapshot, to hold against your own records. It walks all of them: for reconciling, not for a dashboard.',
    answers: { 200: { means: 'The numbers', content: json(named('Counts')) } },
  })
  counts(@Caller() { force }: ForceCaller): Promise<RequestCounts> {
    return this.database.transaction([force], (client) => countRequests(client, force));
  }
}
