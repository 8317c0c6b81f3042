import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Information, schemaOf, Withdrawal, type Schema } from '#contracts';
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
  type RouteDescription,
} from '#web';
import { REQUEST_ID } from '../read-request/request.view.ts';
import { Relaying } from '../relaying.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { bodyOfRequest } from '../submit-request/body-of-request.ts';
import { retryingRaces, tellingInFlight } from '../submit-request/races.ts';
import { storeChange, type Says } from './change.store.ts';

interface Taken {
  readonly requestId: string;
  readonly changeId: string;
}

const described = (id: string, summary: string, details: string, field: Schema, example: object): RouteDescription => ({
  id,
  summary,
  details: `${details} Until then the change stands under \`changes\` of the request as \`requested\`.`,
  path: { id: REQUEST_ID },
  headers: {
    ...IDEMPOTENCY_KEY,
    'If-Match': { help: 'Optional: the ETag of the version you read. Then nothing is asked if the request has moved on.', schema: TEXT },
  },
  body: json({ type: 'object', properties: field, required: Object.keys(field), additionalProperties: false }, example),
  answers: {
    202: {
      means: 'Stored; the unit will have it and decide',
      headers: { 'idempotent-replayed': '`true` when the same had been stored under this key before' },
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
});

const { reason } = schemaOf(Withdrawal)['properties'] as Record<'reason', Schema>;
const { message } = schemaOf(Information)['properties'] as Record<'message', Schema>;

/** What a force wants of a request after it sent it: 202, the unit decides. 409 once the request is finished; 404 for another force's. */
@Controller('v1/requests')
export class ChangeOfMindController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Relaying) private readonly relaying: Relaying,
  ) {}

  @Post(':id/withdraw')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described(
      'withdrawRequest',
      'Take a request back',
      'The unit decides, for it knows what has been done: its event `request-withdrawn` or `change-refused` settles it.',
      { reason },
      { reason: 'The vehicle was sold.' },
    ),
  )
  async withdraw(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    const fields = bodyOfRequest('concordat.withdraw-request.v1', requestId, body) as Withdrawal;
    return this.take(requestId, { kind: 'withdraw', reason: fields.reason }, caller, request, reply);
  }

  @Post(':id/information')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described(
      'addInformation',
      'Tell more of a request, unasked',
      'It stands among the notes of who works on the request. The unit’s event `information-received` or `change-refused` settles it.',
      { message },
      { message: 'It stands in bay 7 now.' },
    ),
  )
  async inform(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    const fields = bodyOfRequest('concordat.add-information.v1', requestId, body) as Information;
    return this.take(requestId, { kind: 'inform', message: fields.message }, caller, request, reply);
  }

  private async take(requestId: string, says: Says, caller: ForceCaller, { headers }: HttpRequest, reply: HttpReply): Promise<Taken> {
    const wanted = {
      force: caller.force,
      channel: 'rest',
      key: requireIdempotencyKey(headers['idempotency-key']),
      requestedBy: caller.client,
      traceparent: continueTrace(headers['traceparent']),
      requestId,
      says,
      version: optionalVersion(headers['if-match']),
    } as const;
    const storing = retryingRaces(() => this.database.transaction([caller.force], (client) => storeChange(client, this.types, wanted)));
    const { changeId, repeated } = await tellingInFlight(storing);
    this.relaying.nudge(caller.force);
    if (repeated) reply.header('idempotent-replayed', 'true');
    return { requestId, changeId };
  }
}
