import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import {
  callerOf,
  continueTrace,
  entityTag,
  ForceRoute,
  requireIdempotencyKey,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { ForceRegister } from '../force.register.ts';
import type { RequestView } from '../read-request/request.view.ts';
import { SubmitRequest } from './submit-request.pipeline.ts';

@Controller('v1/requests')
export class SubmitRequestController {
  constructor(
    @Inject(SubmitRequest) private readonly pipeline: SubmitRequest,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
  ) {}

  /**
   * Takes one submission: 201 after the commit; the same key and content again gives the same 201 with
   * `Idempotent-Replayed`; the same reference and content under another key gives 200.
   */
  @Post()
  @ForceRoute()
  async submit(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): Promise<RequestView> {
    const caller = callerOf(request) as ForceCaller;
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    if (request.body === undefined) throw new Refusal('unsupported-media-type', 'Send a body as application/json.');
    const { taken, view } = await this.pipeline.submit({
      force: this.forces.named(caller.force),
      key,
      submittedBy: caller.client,
      traceparent: continueTrace(request.headers['traceparent']),
      body: request.body,
    });
    reply
      .code(taken === 'known' ? 200 : 201)
      .header('etag', entityTag(view.sequence))
      .header('location', `/v1/requests/${view.id}`);
    if (taken === 'replayed') reply.header('idempotent-replayed', 'true');
    return view;
  }
}
