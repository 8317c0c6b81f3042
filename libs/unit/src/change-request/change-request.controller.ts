import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  Caller,
  entityTag,
  optionalVersion,
  requireVersion,
  StaffRoute,
  Takes,
  type HttpReply,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import type { TaskView } from '../task-view.ts';
import { changeRequest } from './change-request.ts';
import { STAFF_COMMANDS, type StaffCommand } from './change-body.ts';
import { Refusal } from '#contracts';

/** POST /v1/requests/{id or short reference}/{command}: the table of transitions decides. */
@Controller('v1/requests')
export class ChangeRequestController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Post(':reference/:command')
  @HttpCode(200)
  @StaffRoute()
  @Takes({ headers: ['If-Match'] })
  async change(
    @Caller() caller: StaffCaller,
    @Param('reference') reference: string,
    @Param('command') command: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<TaskView> {
    if (!isStaffCommand(command))
      throw new Refusal(
        'not-found',
        `There is no command ${command.slice(0, 40)}; the commands are ${STAFF_COMMANDS.join(', ')}.`,
      );
    const version = command === 'claim' ? optionalVersion(ifMatch) : requireVersion(ifMatch);
    const task = await changeRequest(this.unit, { caller, reference, command, version, body });
    reply.header('etag', entityTag(task.version));
    return task;
  }
}

function isStaffCommand(command: string): command is StaffCommand {
  return (STAFF_COMMANDS as readonly string[]).includes(command);
}
