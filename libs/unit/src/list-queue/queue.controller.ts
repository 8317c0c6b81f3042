import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Caller, StaffRoute, Takes, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { listQueue, type QueuePage } from './list-queue.ts';
import { QUEUE_PARAMETERS, readQueueQuery } from './queue-query.ts';

/** GET /v1/queue: one list over all forces of the caller, in the order of work. */
@Controller('v1/queue')
export class QueueController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  @Takes({ query: QUEUE_PARAMETERS })
  async list(@Caller() caller: StaffCaller, @Query() query: Record<string, unknown>): Promise<QueuePage> {
    return listQueue(this.unit, caller, readQueueQuery(query));
  }
}
