import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QuestionReply, schemaOf, type Schema } from '#contracts';
import { Database } from '#persistence';
import {
  Caller,
  continueTrace,
  Described,
  ForceRoute,
  IDEMPOTENCY_KEY,
  json,
  optionalVersion,
  requireIdempotencyKey,
  UUID,
  VERSION_READ,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { REQUEST_ID } from '../read-request/request.view.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { ON_STORED, type OnStored } from '../on-stored.ts';
import { bodyOfRequest } from '../submit-request/body-of-request.ts';
import { retryingRaces, tellingInFlight } from '../submit-request/races.ts';
import { storeReply } from './reply.store.ts';

const { message, questionVersion } = schemaOf(QuestionReply)['properties'] as Record<string, Schema>;
const BODY: Schema = {
  type: 'object',
  properties: { message, questionVersion },
  required: ['message'],
  additionalProperties: false,
};

@Controller('v1/requests')
export class ReplyController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(ON_STORED) private readonly onStored: OnStored,
  ) {}

  /** Tells the unit what it asked, or anything else while the request is open: 202, the unit will have it. 409 once it is finished. The same key and message again changes nothing. */
  @Post(':id/replies')
  @HttpCode(202)
  @ForceRoute()
  @Described({
    id: 'replyToQuestion',
    summary: 'Tell the unit what it asked, or anything else while the request is open',
    path: { id: REQUEST_ID },
    headers: { ...IDEMPOTENCY_KEY, ...VERSION_READ },
    body: json(BODY, { message: 'It is parked in bay 4, keys with the front counter.' }),
    answers: {
      202: {
        means: 'Stored; the unit will have it',
        headers: { 'idempotent-replayed': '`true` when this key and message had been stored before' },
        content: json({ type: 'object', properties: { requestId: UUID }, required: ['requestId'] }),
      },
    },
    problems: [
      'missing-idempotency-key',
      'invalid-request',
      'not-found',
      'in-flight',
      'not-in-this-state',
      'version-changed',
      'version-required',
      'idempotency-key-reused',
    ],
  })
  async reply(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<{ requestId: string }> {
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    const { message, questionVersion } = bodyOfRequest(
      'concordat.reply-to-question.v1',
      requestId,
      body,
    ) as QuestionReply;
    const replied = retryingRaces(() =>
      this.database.transaction([caller.force], (client) =>
        storeReply(client, this.types, {
          force: caller.force,
          channel: 'rest',
          key,
          repliedBy: caller.client,
          traceparent: continueTrace(request.headers['traceparent']),
          requestId,
          message,
          questionVersion,
          version: optionalVersion(request.headers['if-match']),
        }),
      ),
    );
    const stored = await tellingInFlight(replied);
    this.onStored(caller.force);
    if (stored === 'repeat') reply.header('idempotent-replayed', 'true');
    return { requestId };
  }
}
