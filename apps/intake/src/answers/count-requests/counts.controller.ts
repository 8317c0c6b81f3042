import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Database } from '#persistence';
import { Caller, Described, ForceRoute, json, named, type ForceCaller, type HttpReply } from '#web';
import { ReadShares } from '../read-shares.ts';
import { countRequests, type RequestCounts } from './count-requests.ts';

@Controller('v1/counts')
export class CountsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  /** The numbers let a force compare its own records with intake and with the units. */
  @Get()
  @ForceRoute()
  @Described({
    id: 'countRequests',
    summary: "Count the force's requests by state",
    details:
      'All numbers are from one snapshot, to compare with your own records. The call reads all requests: use it to reconcile, not for a dashboard.',
    answers: { 200: { means: 'The numbers', content: json(named('Counts')) } },
  })
  counts(
    @Caller() { force }: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<RequestCounts> {
    return this.shares.readAll(force, reply, () =>
      this.database.transaction([force], (client) => countRequests(client, force)),
    );
  }
}
