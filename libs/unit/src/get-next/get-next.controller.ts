import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { PayloadCheck, Refusal, TextList } from '#contracts';
import {
  Caller,
  Described,
  entityTag,
  json,
  named,
  StaffRoute,
  type HttpReply,
  type StaffCaller,
} from '#web';
import type { TaskView } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { getNext } from './get-next.ts';

class NextBody {
  @TextList({
    max: 50,
    min: 1,
    maxLength: 60,
    optional: true,
    help: 'Only these request types; all if left out',
  })
  types?: string[];
}
const nextBody = new PayloadCheck(NextBody);

/** POST /v1/queue/next claims the next request, so that nobody picks the easy ones. 204 if nothing waits. */
@Controller('v1/queue')
export class GetNextController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Post('next')
  @StaffRoute('caseworker', 'supervisor')
  @Described({
    id: 'claimNext',
    summary: 'Claim the next request in the order of work',
    body: json(nextBody.schema, {}),
    bodyOptional: true,
    answers: {
      200: {
        means: 'The request, which is now yours',
        headers: { etag: 'The version of the request' },
        content: json(named('Task')),
      },
      204: { means: 'Nothing waits' },
    },
  })
  async next(
    @Caller() caller: StaffCaller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<TaskView | undefined> {
    const wanted = (body ?? {}) as NextBody;
    const errors = nextBody.faults(wanted, '');
    if (errors.length > 0)
      throw new Refusal('invalid-request', 'The body may contain the field types only.', { errors });
    const [task] = await getNext(this.unit, caller, { count: 1, types: wanted.types ?? null });
    if (!task) {
      reply.code(204);
      return undefined;
    }
    reply.code(200).header('etag', entityTag(task.version));
    return task;
  }
}
