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
import { Caller, StaffRoute, type StaffCaller } from '#web';
import { STAFF_COMMANDS, type StaffCommand } from '../change-request/change-body.ts';
import { changeRequests } from '../change-request/change-request.ts';
import { getNext } from '../get-next/get-next.ts';
import type { TaskView } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';

/** Work in one call, and in one transaction: more would keep its rows locked for too long. */
const TAKEN_MAX = 100;

class Taking {
  @Whole({ min: 1, max: TAKEN_MAX, help: 'The largest number of requests to claim' }) count!: number;
  @TextList({
    max: 50,
    min: 1,
    maxLength: 60,
    optional: true,
    help: 'Only these request types; all if left out',
  })
  types?: string[];
}
class OneChange {
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
class Changing {
  @ListOf(() => OneChange, { max: TAKEN_MAX, min: 1 }) changes!: OneChange[];
}
const taking = new PayloadCheck(Taking);
const changing = new PayloadCheck(Changing);

/** What became of one change, in the order they were sent. */
export interface ChangeResult {
  readonly request: string;
  readonly status: number;
  readonly task?: TaskView;
  readonly problem?: ProblemDetails;
}

/** For automatic workers: claim many, answer many, each decided for itself and written together. */
@Controller('v1')
export class WorkInBatchesController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  /** POST /v1/queue/take: the most urgent, claimed; an empty list when nothing waits. */
  @Post('queue/take')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor')
  async take(@Caller() caller: StaffCaller, @Body() body: unknown): Promise<{ items: readonly TaskView[] }> {
    const { count, types } = checked<Taking>(taking, body, 'Say how many to take.');
    return { items: await getNext(this.unit, caller, { count, types: types ?? null }) };
  }

  /** POST /v1/changes: a refused one changes nothing and leaves its neighbours alone. */
  @Post('changes')
  @HttpCode(200)
  @StaffRoute()
  async change(
    @Caller() caller: StaffCaller,
    @Body() body: unknown,
  ): Promise<{ results: readonly ChangeResult[] }> {
    const { changes } = checked<Changing>(changing, body, 'The list of changes does not fit.');
    const wanted = changes.map(({ request, command, version, body: given }) => ({
      reference: request,
      command,
      version,
      body: given,
    }));
    const outcomes = await changeRequests(this.unit, caller, wanted);
    return {
      results: outcomes.map(({ task, refusal }, place) => {
        const { request } = changes[place] as OneChange;
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
