import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { messageCheck, Refusal, schemaOf, Withdrawal, type Schema } from '#contracts';
import { isUuid } from '#kernel';
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
  TEXT,
  UUID,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { REQUEST_ID } from '../read-request/request.view.ts';
import { Relaying } from '../relaying.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { retryingRaces, tellingInFlight } from '../submit-request/races.ts';
import { storeWithdrawal } from './change.store.ts';

const check = messageCheck('concordat.withdraw-request.v1');
const { reason } = schemaOf(Withdrawal)['properties'] as Record<string, Schema>;
const BODY: Schema = { type: 'object', properties: { reason }, required: ['reason'], additionalProperties: false };

@Controller('v1/requests')
export class WithdrawController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Relaying) private readonly relaying: Relaying,
  ) {}

  /** Takes a request back: 202, the unit is asked, and answers with `request-withdrawn` or `change-refused`. If-Match is optional. 409 once the request is finished. */
  @Post(':id/withdraw')
  @HttpCode(202)
  @ForceRoute()
  @Described({
    id: 'withdrawRequest',
    summary: 'Take a request back',
    details:
      'The unit decides, for it knows what has been done: its event `request-withdrawn` or `change-refused` settles the change, which stands under `changes` of the request until then as `requested`.',
    path: { id: REQUEST_ID },
    headers: {
      ...IDEMPOTENCY_KEY,
      'If-Match': { help: 'Optional: the ETag of the version you read. Then nothing is asked if the request has moved on.', schema: TEXT },
    },
    body: json(BODY, { reason: 'The vehicle was sold.' }),
    answers: {
      202: {
        means: 'Stored; the unit will have it and decide',
        headers: { 'idempotent-replayed': '`true` when this key and reason had been stored before' },
        content: json({ type: 'object', properties: { requestId: UUID, changeId: UUID }, required: ['requestId', 'changeId'] }),
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
  async withdraw(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<{ requestId: string; changeId: string }> {
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    if (!isUuid(requestId)) throw new Refusal('not-found', 'No request of this force has that id.');
    const wanted = {
      force: caller.force,
      channel: 'rest',
      key,
      requestedBy: caller.client,
      traceparent: continueTrace(request.headers['traceparent']),
      ...checked(requestId, body),
      version: optionalVersion(request.headers['if-match']),
    } as const;
    const storing = retryingRaces(() => this.database.transaction([caller.force], (client) => storeWithdrawal(client, this.types, wanted)));
    const { changeId, repeated } = await tellingInFlight(storing);
    this.relaying.nudge();
    if (repeated) reply.header('idempotent-replayed', 'true');
    return { requestId, changeId };
  }
}

function checked(requestId: string, body: unknown): Withdrawal {
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { body };
  // The id is the path's: a body that names one is refused as having an unknown field.
  const errors =
    'requestId' in fields
      ? [{ pointer: '/requestId', code: 'unknown', detail: 'requestId stands in the path' }]
      : check.faults({ ...fields, requestId }, '');
  if (errors.length > 0) throw new Refusal('invalid-request', 'The body must be an object with the field reason.', { errors });
  return { ...(fields as { reason: string }), requestId };
}
