import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Caller, Cursors, StaffRoute, Takes, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { listQueue, type QueuePage } from './list-queue.ts';
import { isQueuePlace, QUEUE_PARAMETERS, readQueueQuery } from './queue-query.ts';

/** GET /v1/queue lists the requests of all forces of the caller, in the order of work. */
@Controller('v1/queue')
export class QueueController {
  constructor(
    @Inject(UnitRuntime) private readonly unit: UnitRuntime,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  @Get()
  @StaffRoute()
  @Takes({ query: QUEUE_PARAMETERS })
  async list(
    @Caller() caller: StaffCaller,
    @Query() query: Record<string, unknown>,
  ): Promise<Omit<QueuePage, 'next'> & { next?: string }> {
    const scope = { list: 'queue', caller };
    const { cursor, ...wanted } = readQueueQuery(query);
    const after = cursor === undefined ? undefined : this.cursors.open(scope, cursor, isQueuePlace);
    const { next, ...page } = await listQueue(this.unit, caller, { ...wanted, after });
    return { ...page, ...(next && { next: this.cursors.seal(scope, next) }) };
  }
}
