import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  Correction,
  Information,
  Reopening,
  schemaOf,
  Withdrawal,
  type ProblemCode,
  type Schema,
} from '#contracts';
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
  type RouteDescription,
} from '#web';
import { ForceRegister } from '../force.register.ts';
import { REQUEST_ID } from '../read-request/request.view.ts';
import { ON_STORED, type OnStored } from '../on-stored.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';
import { bodyOfRequest } from '../submit-request/body-of-request.ts';
import { retryingRaces, tellingInFlight } from '../submit-request/races.ts';
import { keyReused } from '../submit-request/store-refusals.ts';
import { storeChange } from './change.store.ts';
import { CHANGE_MESSAGES, type ChangeKind, type Says } from './wanted-change.ts';

interface Taken {
  readonly requestId: string;
  readonly changeId: string;
}

interface DescribedChange {
  readonly id: string;
  readonly summary: string;
  readonly details: string;
  readonly body: new () => object;
  readonly example: object;
  readonly problems?: readonly ProblemCode[];
}

const described = ({
  id,
  summary,
  details,
  body,
  example,
  problems = [],
}: DescribedChange): RouteDescription => ({
  id,
  summary,
  details: `${details} Until then the change stands under \`changes\` of the request as \`requested\`.`,
  path: { id: REQUEST_ID },
  headers: { ...IDEMPOTENCY_KEY, ...VERSION_READ },
  body: json(withoutId(schemaOf(body)), example),
  answers: {
    202: {
      means: 'Stored; the unit will have it and decide',
      headers: { 'idempotent-replayed': '`true` when the same had been stored under this key before' },
      content: json({
        type: 'object',
        properties: { requestId: UUID, changeId: UUID },
        required: ['requestId', 'changeId'],
      }),
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
    ...problems,
  ],
});

/** The message as a body: the id of the request stands in the path. */
function withoutId(schema: Schema): Schema {
  const { requestId: _, ...properties } = schema['properties'] as Record<string, Schema>;
  return { ...schema, properties, required: Object.keys(properties) };
}

/** What a force wants of a request after it sent it: 202, the unit decides. 409 once it is past that; 404 for another force's. */
@Controller('v1/requests')
export class ChangeOfMindController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
    @Inject(ON_STORED) private readonly onStored: OnStored,
  ) {}

  @Post(':id/withdraw')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described({
      id: 'withdrawRequest',
      summary: 'Take a request back',
      details:
        'The unit decides, for it knows what has been done: its event `request-withdrawn` or `change-refused` settles it.',
      body: Withdrawal,
      example: { reason: 'The vehicle was sold.' },
    }),
  )
  async withdraw(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    return this.take(requestId, saidIn('withdraw', requestId, body), caller, request, reply);
  }

  @Post(':id/information')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described({
      id: 'addInformation',
      summary: 'Tell more of a request, unasked',
      details:
        'It stands among the notes of who works on the request. The unit’s event `information-received` or `change-refused` settles it.',
      body: Information,
      example: { message: 'It stands in bay 7 now.' },
    }),
  )
  async inform(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    return this.take(requestId, saidIn('inform', requestId, body), caller, request, reply);
  }

  @Post(':id/corrections')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described({
      id: 'correctRequest',
      summary: 'Correct what was submitted',
      details:
        'Name each field that was wrong, as it should be; null leaves an optional one out, and a field is replaced whole. Until when a field may be corrected is its `x-correctable` in the schema of the type; without one it is fixed. The unit’s event `request-corrected`, with the payload as it then stands, or `change-refused` settles it.',
      body: Correction,
      example: { payload: { location: 'Southern station yard' }, reason: 'The vehicle was moved.' },
      problems: ['not-correctable', 'invalid-payload'],
    }),
  )
  async correct(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    return this.take(requestId, saidIn('correct', requestId, body), caller, request, reply);
  }

  @Post(':id/reopen')
  @HttpCode(202)
  @ForceRoute()
  @Described(
    described({
      id: 'reopenRequest',
      summary: 'Ask for more work on an answered or declined request',
      details:
        'Until the end of the day that `reopenUntil` names, and while an agreement with the unit is live. It goes back to the queue with its history, and clocks start anew. The unit’s event `request-reopened` or `change-refused` settles it.',
      body: Reopening,
      example: { reason: 'The same noise is back.' },
      problems: ['not-reopenable', 'no-agreement'],
    }),
  )
  async reopen(
    @Param('id') requestId: string,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Taken> {
    return this.take(requestId, saidIn('reopen', requestId, body), caller, request, reply);
  }

  private async take(
    requestId: string,
    says: Says,
    caller: ForceCaller,
    { headers }: HttpRequest,
    reply: HttpReply,
  ): Promise<Taken> {
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
    const storing = retryingRaces(() =>
      this.database.transaction([caller.force], (client) =>
        storeChange(client, { types: this.types, forces: this.forces }, wanted),
      ),
    );
    const { changeId, repeated } = await tellingInFlight(storing);
    if (changeId === null) throw keyReused('rest', wanted.key);
    this.onStored(caller.force);
    if (repeated) reply.header('idempotent-replayed', 'true');
    return { requestId, changeId };
  }
}

function saidIn(kind: ChangeKind, requestId: string, body: unknown): Says {
  return { kind, ...bodyOfRequest(CHANGE_MESSAGES[kind].asked, requestId, body) } as Says;
}
