import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
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
import { REFERENCE } from '../change-request/command-descriptions.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { readRequest, type RequestDetail } from './read-request.ts';

/** GET /v1/requests/{id or short reference} shows one request. */
@Controller('v1/requests')
export class ReadRequestController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get(':reference')
  @StaffRoute()
  @Described({
    id: 'readRequest',
    summary: 'Read a request',
    details:
      'Everything that the unit stores about it, and the commands that you may give now. Reading a law-enforcement record is logged as consultation.',
    path: REFERENCE,
    answers: {
      200: {
        means: 'The request',
        headers: { etag: 'The version of the request' },
        content: json(named('Request')),
      },
    },
    problems: ['not-found'],
  })
  async read(
    @Caller() caller: StaffCaller,
    @Param('reference') reference: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<RequestDetail> {
    const request = await readRequest(this.unit, caller, reference);
    reply.header('etag', entityTag(request.version));
    return request;
  }
}
