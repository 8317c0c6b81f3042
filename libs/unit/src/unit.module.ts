import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Cursors } from '#web';
import { UnitRequestsHandler } from './arrive/unit-requests.handler.ts';
import { ChangeRequestController } from './change-request/change-request.controller.ts';
import { DeadLettersController } from './dead-letters/dead-letters.controller.ts';
import { AgreementsHandler } from './delegations/agreements.handler.ts';
import { GetNextController } from './get-next/get-next.controller.ts';
import { ListMembersController } from './list-members/list-members.controller.ts';
import { ListChangesController } from './list-changes/list-changes.controller.ts';
import { QueueController } from './list-queue/queue.controller.ts';
import { ListReadersController } from './list-readers/list-readers.controller.ts';
import { MembersInterceptor } from './members/members.interceptor.ts';
import { ReadRequestController } from './read-request/read-request.controller.ts';
import { UnitController } from './read-unit/unit.controller.ts';
import { CountsController } from './reconcile/counts.controller.ts';
import { SearchController } from './search-requests/search.controller.ts';
import { UnitRuntime } from './unit-runtime.ts';
import { WorkInBatchesController } from './work-in-batches/work-in-batches.controller.ts';

/** Lists the use cases of a unit; each has its own folder. */
@Module({})
export class UnitModule {
  static of(unit: UnitRuntime, cursors: Cursors): DynamicModule {
    return {
      module: UnitModule,
      providers: [
        { provide: UnitRuntime, useValue: unit },
        { provide: Cursors, useValue: cursors },
        { provide: APP_INTERCEPTOR, useClass: MembersInterceptor },
      ],
      controllers: [
        UnitRequestsHandler,
        AgreementsHandler,
        UnitController,
        QueueController,
        SearchController,
        GetNextController,
        ReadRequestController,
        ListReadersController,
        ListMembersController,
        ListChangesController,
        ChangeRequestController,
        WorkInBatchesController,
        CountsController,
        DeadLettersController,
        ...(unit.definition.controllers ?? []),
      ],
    };
  }
}
