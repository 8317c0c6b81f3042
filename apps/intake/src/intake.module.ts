import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { UnitKeys } from '#contracts';
import { Database } from '#persistence';
import { Cursors } from '#web';
import { SubmissionsConsumer } from './consume-submissions/submissions.consumer.ts';
import { CountsController } from './count-requests/counts.controller.ts';
import { ApiController } from './describe-api/api.controller.ts';
import { ApiDocuments } from './describe-api/api.documents.ts';
import { DocsController } from './describe-api/docs.controller.ts';
import { FORCE_MESSAGE_CONTROLLERS } from './force-messages/force-message.controllers.ts';
import { ForceRegister } from './force.register.ts';
import { AgreementsConsumer } from './know-agreements/agreements.consumer.ts';
import { AgreementsController } from './know-agreements/agreements.controller.ts';
import { ListRequestsController } from './list-requests/list-requests.controller.ts';
import { DeliveriesController } from './manage-webhooks/deliveries.controller.ts';
import { WebhookDestinations } from './manage-webhooks/webhook.destinations.ts';
import { WebhooksController } from './manage-webhooks/webhooks.controller.ts';
import { ForceEventsConsumer } from './project-events/force-events.consumer.ts';
import { ReadEventsController } from './read-events/read-events.controller.ts';
import { ReadRefusalsController } from './read-refusals/read-refusals.controller.ts';
import { ReadRequestController } from './read-request/read-request.controller.ts';
import { ReadShares } from './read-shares.ts';
import { ON_STORED, type OnStored } from './on-stored.ts';
import { RequestTypeDirectory } from './request-types/request-type.directory.ts';
import { SchemasController } from './request-types/schemas.controller.ts';
import { BulkController } from './submit-in-bulk/bulk.controller.ts';
import { BulkStore } from './submit-in-bulk/bulk.store.ts';
import { SubmitInBulk } from './submit-in-bulk/submit-in-bulk.ts';
import { SubmitRequestController } from './submit-request/submit-request.controller.ts';
import { SubmitRequest } from './submit-request/submit-request.pipeline.ts';

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
  readonly api: ApiDocuments;
  readonly cursors: Cursors;
  readonly shares: ReadShares;
}

/** What a force reaches over HTTP; each route says who may call it, and what it takes and gives. */
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
  ApiController,
  DocsController,
];

/** Every door of intake: controllers for REST, consumers for Kafka. */
export function intakeModule({
  database,
  forces,
  keys,
  types,
  onStored,
  pipeline,
  api,
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
      { provide: ApiDocuments, useValue: api },
      { provide: Cursors, useValue: cursors },
      { provide: ReadShares, useValue: shares },
      { provide: BulkStore, useValue: bulk },
      { provide: SubmitInBulk, useValue: new SubmitInBulk(pipeline, bulk) },
    ],
  };
}
