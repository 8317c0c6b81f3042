import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { UnitKeys } from '#contracts';
import { Database } from '#persistence';
import { Cursors, DocsController, OpenApiController, ServedOpenApi } from '#web';
import { SubmissionsConsumer } from './doors/consume-submissions/submissions.consumer.ts';
import { CountsController } from './answers/count-requests/counts.controller.ts';
import { AsyncApiController, ServedAsyncApi } from './describe-api/async-api.controller.ts';
import { FORCE_MESSAGE_CONTROLLERS } from './doors/force-messages/force-message.controllers.ts';
import { ForceRegister } from './registers/force.register.ts';
import { AgreementsConsumer } from './registers/know-agreements/agreements.consumer.ts';
import { AgreementsController } from './registers/know-agreements/agreements.controller.ts';
import { ListRequestsController } from './answers/list-requests/list-requests.controller.ts';
import { DeliveriesController } from './answers/manage-webhooks/deliveries.controller.ts';
import { WebhookDestinations } from './answers/manage-webhooks/webhook.destinations.ts';
import { WebhooksController } from './answers/manage-webhooks/webhooks.controller.ts';
import { ForceEventsConsumer } from './answers/project-events/force-events.consumer.ts';
import { ReadEventsController } from './answers/read-events/read-events.controller.ts';
import { ReadRefusalsController } from './answers/read-refusals/read-refusals.controller.ts';
import { ReadRequestController } from './answers/read-request/read-request.controller.ts';
import { ReadShares } from './answers/read-shares.ts';
import { ON_STORED, type OnStored } from './take-in/on-stored.ts';
import { RequestTypeDirectory } from './registers/request-types/request-type.directory.ts';
import { SchemasController } from './registers/request-types/schemas.controller.ts';
import { BulkController } from './doors/submit-in-bulk/bulk.controller.ts';
import { BulkStore } from './doors/submit-in-bulk/bulk.store.ts';
import { SubmitInBulk } from './doors/submit-in-bulk/submit-in-bulk.ts';
import { SubmitRequestController } from './doors/submit-request/submit-request.controller.ts';
import { SubmitRequest } from './take-in/submission.pipeline.ts';

@Module({})
class IntakeModule {}

export interface IntakeParts {
  readonly database: Database;
  readonly forces: ForceRegister;
  readonly keys: UnitKeys;
  readonly types: RequestTypeDirectory;
  readonly onStored: OnStored;
  readonly pipeline: SubmitRequest;
  readonly destinations: WebhookDestinations;
  readonly openApi: ServedOpenApi;
  readonly asyncApi: ServedAsyncApi;
  readonly cursors: Cursors;
  readonly shares: ReadShares;
}

/** The routes of a force over HTTP. Each route declares its callers, its input and its answers. */
export const REST_CONTROLLERS: readonly Type[] = [
  SubmitRequestController,
  ListRequestsController,
  ReadRequestController,
  ...FORCE_MESSAGE_CONTROLLERS,
  BulkController,
  ReadEventsController,
  WebhooksController,
  DeliveriesController,
  ReadRefusalsController,
  CountsController,
  AgreementsController,
  SchemasController,
  OpenApiController,
  AsyncApiController,
  DocsController,
];

/** All entrances of intake: controllers for REST, consumers for Kafka. */
export function intakeModule({
  database,
  forces,
  keys,
  types,
  onStored,
  pipeline,
  openApi,
  asyncApi,
  destinations,
  cursors,
  shares,
}: IntakeParts): DynamicModule {
  const bulk = new BulkStore(database);
  return {
    module: IntakeModule,
    controllers: [...REST_CONTROLLERS, SubmissionsConsumer, ForceEventsConsumer, AgreementsConsumer],
    providers: [
      { provide: Database, useValue: database },
      { provide: ForceRegister, useValue: forces },
      { provide: UnitKeys, useValue: keys },
      { provide: RequestTypeDirectory, useValue: types },
      { provide: ON_STORED, useValue: onStored },
      { provide: SubmitRequest, useValue: pipeline },
      { provide: WebhookDestinations, useValue: destinations },
      { provide: ServedOpenApi, useValue: openApi },
      { provide: ServedAsyncApi, useValue: asyncApi },
      { provide: Cursors, useValue: cursors },
      { provide: ReadShares, useValue: shares },
      { provide: BulkStore, useValue: bulk },
      { provide: SubmitInBulk, useValue: new SubmitInBulk(pipeline, bulk) },
    ],
  };
}
