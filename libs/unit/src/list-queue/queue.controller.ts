import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Caller, Cursors, StaffRoute, Takes, type StaffCaller } from '#web';
import type { TaskView } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { listQueue, type QueuePage } from './list-queue.ts';
import {
  isArrivalPlace,
  isQueuePlace,
  QUEUE_PARAMETERS,
  readQueueQuery,
  type QueueSort,
} from './queue-query.ts';

/** A page of the queue over HTTP, where places are sealed cursors. */
export interface QueueView extends Omit<QueuePage, 'next' | 'groups'> {
  readonly groups: readonly {
    readonly name: QueuePage['groups'][number]['name'];
    readonly items: readonly (TaskView & { readonly cursor?: string })[];
  }[];
  readonly next?: string;
}

/** GET /v1/queue lists the requests of all forces of the caller, in the order of work or of arrival. */
@Controller('v1/queue')
export class QueueController {
  constructor(
    @Inject(UnitRuntime) private readonly unit: UnitRuntime,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  @Get()
  @StaffRoute()
  @Takes({ query: QUEUE_PARAMETERS })
  async list(@Caller() caller: StaffCaller, @Query() query: Record<string, unknown>): Promise<QueueView> {
    const { cursor, ...wanted } = readQueueQuery(query);
    const scope = { list: LISTS[wanted.sort], caller };
    const after =
      cursor === undefined
        ? undefined
        : wanted.sort === 'due'
          ? this.cursors.open(scope, cursor, isQueuePlace)
          : this.cursors.open(scope, cursor, isArrivalPlace);
    const { next, groups, ...page } = await listQueue(this.unit, caller, { ...wanted, after });
    return {
      ...page,
      groups: groups.map(({ name, items }) => ({
        name,
        items: items.map(({ place, ...item }) => ({
          ...item,
          ...(place && { cursor: this.cursors.seal(scope, place) }),
        })),
      })),
      ...(next && { next: this.cursors.seal(scope, next) }),
    };
  }
}

/** A cursor belongs to one order: a place in another order would continue somewhere else. */
const LISTS: Readonly<Record<QueueSort, string>> = {
  due: 'queue',
  oldest: 'queue-oldest',
  newest: 'queue-newest',
};
