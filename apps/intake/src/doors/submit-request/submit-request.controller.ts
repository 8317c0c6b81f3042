import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import {
  callerOf,
  continueTrace,
  Described,
  entityTag,
  ForceRoute,
  IDEMPOTENCY_KEY,
  json,
  named,
  requireIdempotencyKey,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { ForceRegister } from '../../registers/force.register.ts';
import type { RequestView } from '../../answers/read-request/request.view.ts';
import { SubmitRequest } from '../../take-in/submission.pipeline.ts';

const VERSION_AND_PLACE = { etag: 'Version of the request', location: 'Where to read it' };

@Controller('v1/requests')
export class SubmitRequestController {
  constructor(
    @Inject(SubmitRequest) private readonly pipeline: SubmitRequest,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
  ) {}

  @Post()
  @ForceRoute()
  @Described({
    id: 'submitRequest',
    summary: 'Submit a request',
    details: [
      'The 201 is sent after the commit: from then on the request is safely stored. You may repeat the call with the same `Idempotency-Key` as',
      "often as you like. The force's own `reference` also prevents duplicates, because it is unique within the force.",
    ].join('\n'),
    headers: IDEMPOTENCY_KEY,
    body: json(named('Submission')),
    answers: {
      200: {
        means: 'A request with this reference and content was stored before, under another key',
        headers: VERSION_AND_PLACE,
        content: json(named('Request')),
      },
      201: {
        means: 'Stored',
        headers: {
          ...VERSION_AND_PLACE,
          'idempotent-replayed': '`true` if this key and content were stored before',
        },
        content: json(named('Request')),
      },
    },
    problems: [
      'missing-idempotency-key',
      'invalid-request',
      'never-shared',
      'no-agreement',
      'in-flight',
      'reference-conflict',
      'unknown-type',
      'invalid-payload',
      'idempotency-key-reused',
      'busy',
    ],
  })
  async submit(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<RequestView> {
    const caller = callerOf(request) as ForceCaller;
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    if (request.body === undefined)
      throw new Refusal(
        'unsupported-media-type',
        'Send the body as application/json, with the matching Content-Type header.',
      );
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
