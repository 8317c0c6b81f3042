import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { Caller, entityTag, StaffRoute, type HttpReply, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { readRequest, type RequestDetail } from './read-request.ts';

/** GET /v1/requests/{id or short reference} shows one request. */
@Controller('v1/requests')
export class ReadRequestController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get(':reference')
  @StaffRoute()
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
