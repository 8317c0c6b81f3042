import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import {
  JsonObject,
  ListOf,
  OneOf,
  PayloadCheck,
  Refusal,
  Text,
  TextList,
  Whole,
  type ProblemDetails,
} from '#contracts';
import {
  answerSchema,
  Caller,
  Described,
  json,
  listOf,
  named,
  StaffRoute,
  TEXT,
  type StaffCaller,
} from '#web';
import { STAFF_COMMANDS, type StaffCommand } from '../change-request/change-body.ts';
import { changeRequests } from '../change-request/change-request.ts';
import { getNext } from '../get-next/get-next.ts';
import type { TaskView } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';

/** The limit of one call and transaction; more would keep rows locked for too long. */
const BATCH_MAX = 100;

class ClaimBatch {
  @Whole({ min: 1, max: BATCH_MAX, help: 'The largest number of requests to claim' }) count!: number;
  @TextList({
    max: 50,
    min: 1,
    maxLength: 60,
    optional: true,
    help: 'Only these request types; all if left out',
  })
  types?: string[];
}
class ChangeItem {
  @Text({ max: 60, help: 'Request id or short reference' }) request!: string;
  @OneOf(STAFF_COMMANDS) command!: StaffCommand;
  @Whole({
    min: 1,
    max: 2_147_483_647,
    optional: true,
    help: 'The version that you read; only a claim may leave it out',
  })
  version?: number;
  @JsonObject({ optional: true, help: 'The same body that the command for one request takes' }) body?: Record<
    string,
    unknown
  >;
}
class ChangeBatch {
  @ListOf(() => ChangeItem, { max: BATCH_MAX, min: 1 }) changes!: ChangeItem[];
}
const claimBatch = new PayloadCheck(ClaimBatch);
const changeBatch = new PayloadCheck(ChangeBatch);

const EXAMPLE: ChangeBatch = {
  changes: [
    { request: 'FLT-26-000123', command: 'claim' },
    { request: 'FLT-26-000124', command: 'note', version: 2, body: { text: 'Spoke to the station.' } },
  ],
};

/** The result of one change; results come in the order of the changes. */
export interface ChangeResult {
  readonly request: string;
  readonly status: number;
  readonly task?: TaskView;
  readonly problem?: ProblemDetails;
}

interface TakenView {
  readonly items: readonly TaskView[];
}

interface ResultsView {
  readonly results: readonly ChangeResult[];
}

const RESULTS_SCHEMA = answerSchema<ResultsView>({
  results: listOf(
    answerSchema<ChangeResult>(
      {
        request: TEXT,
        status: { type: 'integer', description: 'The status that the command for one request answers' },
        task: named('Task'),
        problem: named('Problem'),
      },
      ['task', 'problem'],
    ),
  ),
});

/**
 * Routes for automatic workers: claim many or change many; each is decided by itself, and all are written
 * together.
 */
@Controller('v1')
export class WorkInBatchesController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  /** POST /v1/queue/take claims the most urgent requests; the list is empty if nothing waits. */
  @Post('queue/take')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor')
  @Described({
    id: 'claimMany',
    summary: 'Claim the most urgent requests',
    details: 'The list is empty if nothing waits.',
    body: json(claimBatch.schema, { count: 10 }),
    answers: {
      200: {
        means: 'The requests, which are now yours',
        content: json(answerSchema<TakenView>({ items: listOf(named('Task')) })),
      },
    },
  })
  async take(@Caller() caller: StaffCaller, @Body() body: unknown): Promise<TakenView> {
    const { count, types } = checked<ClaimBatch>(
      claimBatch,
      body,
      'The body is not valid: say in count how many to claim.',
    );
    return { items: await getNext(this.unit, caller, { count, types: types ?? null }) };
  }

  /** POST /v1/changes makes many changes; a refused one changes nothing and does not affect the others. */
  @Post('changes')
  @HttpCode(200)
  @StaffRoute()
  @Described({
    id: 'changeMany',
    summary: 'Give many commands at once',
    details:
      'Each command is decided by itself and has its result at the same place in the list. A refused one changes nothing and does not affect the others.',
    body: json(changeBatch.schema, EXAMPLE),
    answers: { 200: { means: 'The result of each command', content: json(RESULTS_SCHEMA) } },
  })
  async change(@Caller() caller: StaffCaller, @Body() body: unknown): Promise<ResultsView> {
    const { changes } = checked<ChangeBatch>(
      changeBatch,
      body,
      'The list of changes is not valid; see errors.',
    );
    const wanted = changes.map(({ request, command, version, body: given }) => ({
      reference: request,
      command,
      version,
      body: given,
    }));
    const outcomes = await changeRequests(this.unit, caller, wanted);
    return {
      results: outcomes.map(({ task, refusal }, place) => {
        const { request } = changes[place] as ChangeItem;
        return task
          ? { request, status: 200, task }
          : { request, status: refusal.problem.status, problem: refusal.problem };
      }),
    };
  }
}

function checked<Shape>(check: PayloadCheck, body: unknown, detail: string): Shape {
  const errors = check.faults(body, '');
  if (errors.length > 0) throw new Refusal('invalid-request', detail, { errors });
  return body as Shape;
}
