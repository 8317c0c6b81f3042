import type { Type } from '@nestjs/common';
import { BulkChangesController } from '../bulk-changes/bulk-changes.controller.ts';
import { COMMAND_CONTROLLERS } from '../change-request/command.controllers.ts';
import { QualityChecksController } from '../check-quality/quality-checks.controller.ts';
import { DeadLettersController } from '../dead-letters/dead-letters.controller.ts';
import { GetNextController } from '../get-next/get-next.controller.ts';
import { LinkRequestsController } from '../link-requests/link-requests.controller.ts';
import { ListChangesController } from '../list-changes/list-changes.controller.ts';
import { ListMembersController } from '../list-members/list-members.controller.ts';
import { QueueController } from '../list-queue/queue.controller.ts';
import { ListReadersController } from '../list-readers/list-readers.controller.ts';
import { ReadRequestController } from '../read-request/read-request.controller.ts';
import { TeamController } from '../read-team/team.controller.ts';
import { UnitController } from '../read-unit/unit.controller.ts';
import { CountsController } from '../reconcile/counts.controller.ts';
import { SearchController } from '../search-requests/search.controller.ts';
import { WorkInBatchesController } from '../work-in-batches/work-in-batches.controller.ts';

/** The routes of every unit for its staff. Each route declares its callers, its input and its answers. */
export const STAFF_CONTROLLERS: readonly Type[] = [
  UnitController,
  QueueController,
  SearchController,
  GetNextController,
  ReadRequestController,
  ListReadersController,
  LinkRequestsController,
  ListMembersController,
  TeamController,
  QualityChecksController,
  ListChangesController,
  ...COMMAND_CONTROLLERS,
  WorkInBatchesController,
  BulkChangesController,
  CountsController,
  DeadLettersController,
];
