import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import {
  FORCE_MESSAGE_KINDS,
  FORCE_MESSAGES,
  schemaOf,
  type ForceMessageDeclaration,
  type ForceMessageKind,
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
import { ForceRegister } from '../../registers/force.register.ts';
import { ON_STORED, type OnStored } from '../../take-in/on-stored.ts';
import { REQUEST_ID } from '../../answers/read-request/request.view.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { bodyOfRequest } from './body-of-request.ts';
import { retryingRaces, refusingLostRaces } from '../../take-in/races.ts';
import { keyReused } from '../../take-in/store-refusals.ts';
import type { ForceMessage } from './force-message.ts';
import { storeForceMessage } from './force-message.store.ts';

interface AcceptedMessage {
  readonly requestId: string;
  readonly changeId?: string;
}

/**
 * The routes of the messages that a force may send about a request. 202 means that the unit will get the
 * message.
 */
export const FORCE_MESSAGE_CONTROLLERS: readonly Type[] = FORCE_MESSAGE_KINDS.map(controllerOf);

function controllerOf(kind: ForceMessageKind): Type {
  const { isChange, received, path } = FORCE_MESSAGES[kind];

  @Controller('v1/requests')
  class ForceMessageController {
    constructor(
      @Inject(Database) private readonly database: Database,
      @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
      @Inject(ForceRegister) private readonly forces: ForceRegister,
      @Inject(ON_STORED) private readonly onStored: OnStored,
    ) {}

    @Post(`:id/${path}`)
    @HttpCode(202)
    @ForceRoute()
    @Described(descriptionOf(FORCE_MESSAGES[kind]))
    async accept(
      @Param('id') requestId: string,
      @Body() body: unknown,
      @Caller() caller: ForceCaller,
      @Req() { headers }: HttpRequest,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<AcceptedMessage> {
      const { force, client: sentBy } = caller;
      const fields = bodyOfRequest(received.type, requestId, body);
      const key = requireIdempotencyKey(headers['idempotency-key']);
      const message = {
        ...{ kind, requestId, fields },
        ...{ force, channel: 'rest', key, sentBy },
        traceparent: continueTrace(headers['traceparent']),
        version: optionalVersion(headers['if-match']),
      } as ForceMessage;
      const context = { types: this.types, forces: this.forces };
      const storing = retryingRaces(() =>
        this.database.transaction([force], (client) => storeForceMessage(client, context, message)),
      );
      const { changeId, repeated } = await refusingLostRaces(storing);
      if (isChange && changeId === null) throw keyReused('rest', key);
      this.onStored(force);
      if (repeated) reply.header('idempotent-replayed', 'true');
      return changeId === null ? { requestId } : { requestId, changeId };
    }
  }
  return ForceMessageController;
}

function descriptionOf(message: ForceMessageDeclaration): RouteDescription {
  const { isChange, operation, summary, details, received, example, problems } = message;
  const ids = isChange ? { requestId: UUID, changeId: UUID } : { requestId: UUID };
  const untilThen = 'Until then the change is listed under `changes` of the request as `requested`.';
  return {
    id: operation,
    summary,
    ...(details !== undefined && { details: isChange ? `${details} ${untilThen}` : details }),
    path: { id: REQUEST_ID },
    headers: { ...IDEMPOTENCY_KEY, ...VERSION_READ },
    body: json(withoutRequestId(schemaOf(received.body)), example),
    answers: {
      202: {
        means: isChange ? 'Stored; the unit will get it and decide' : 'Stored; the unit will get it',
        headers: {
          'idempotent-replayed': '`true` if the same message was stored under this key before',
        },
        content: json({ type: 'object', properties: ids, required: Object.keys(ids) }),
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
  };
}

/** Removes the id of the request from the schema of a body, because it is in the path. */
function withoutRequestId(schema: Schema): Schema {
  const { requestId: _, ...properties } = schema['properties'] as Record<string, Schema>;
  const required = (schema['required'] as string[]).filter((name) => name !== 'requestId');
  return { ...schema, properties, required };
}
