import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Cursors, DocsController, OpenApiController, ServedOpenApi } from '#web';
import { UnitRequestsHandler } from './arrive/unit-requests.handler.ts';
import { BulkWorker } from './bulk-changes/bulk-worker.ts';
import { UnknownCommandController } from './change-request/command.controllers.ts';
import { AgreementsHandler } from './delegations/agreements.handler.ts';
import { STAFF_CONTROLLERS } from './describe-api/staff-controllers.ts';
import { unitOpenApi } from './describe-api/unit.open-api.ts';
import { MembersInterceptor } from './members/members.interceptor.ts';
import { UnitRuntime } from './unit-runtime.ts';

/** Lists the use cases of a unit; each has its own folder. */
@Module({})
export class UnitModule {
  static of(unit: UnitRuntime, cursors: Cursors, bulkWorker: BulkWorker): DynamicModule {
    return {
      module: UnitModule,
      providers: [
        { provide: UnitRuntime, useValue: unit },
        { provide: Cursors, useValue: cursors },
        { provide: BulkWorker, useValue: bulkWorker },
        { provide: ServedOpenApi, useValue: new ServedOpenApi(unitOpenApi(unit.definition)) },
        { provide: APP_INTERCEPTOR, useClass: MembersInterceptor },
      ],
      controllers: [
        UnitRequestsHandler,
        AgreementsHandler,
        ...STAFF_CONTROLLERS,
        UnknownCommandController,
        OpenApiController,
        DocsController,
        ...(unit.definition.controllers ?? []),
      ],
    };
  }
}
