import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import { Refusal } from '#contracts';
import {
  Caller,
  Described,
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
import { describeCommand } from './command-descriptions.ts';

/** POST /v1/requests/{id or short reference}/{command}, a route for each command: the table decides. */
export const COMMAND_CONTROLLERS: readonly Type[] = STAFF_COMMANDS.map(controllerOf);

function controllerOf(command: StaffCommand): Type {
  @Controller('v1/requests')
  class CommandController {
    constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

    @Post(`:reference/${command}`)
    @HttpCode(200)
    @StaffRoute()
    @Described(describeCommand(command))
    async change(
      @Caller() caller: StaffCaller,
      @Param('reference') reference: string,
      @Headers('if-match') ifMatch: string | undefined,
      @Body() body: unknown,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<TaskView> {
      const version = command === 'claim' ? optionalVersion(ifMatch) : requireVersion(ifMatch);
      const task = await changeRequest(this.unit, { caller, reference, command, version, body });
      reply.header('etag', entityTag(task.version));
      return task;
    }
  }
  return CommandController;
}

/** Names the commands to a caller that gives another one. It does nothing else, so it is not described. */
@Controller('v1/requests')
export class UnknownCommandController {
  @Post(':reference/:command')
  @StaffRoute()
  @Takes({ headers: ['If-Match'] })
  refuse(@Param('command') command: string): never {
    throw new Refusal(
      'not-found',
      `There is no command ${command.slice(0, 40)}; the commands are ${STAFF_COMMANDS.join(', ')}.`,
    );
  }
}
