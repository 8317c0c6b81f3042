import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnyCaller, HttpRequest } from './caller.ts';
import { continueTrace, newRequestId, traceIdOf } from './trace.ts';

export const REQUEST_ID_HEADER = 'x-request-id';

/** Ids of this form may be repeated in headers and log lines unchanged. */
const USABLE = /^[\w.-]{1,64}$/;

/**
 * One answered HTTP request as it is logged. The full address is left out, because its parameters may be
 * personal.
 */
export interface AnsweredRequest {
  readonly httpRequestId: string;
  readonly traceId?: string | undefined;
  readonly method?: string;
  readonly route?: string;
  readonly status: number;
  /** The code of a refusal. */
  readonly code?: string | undefined;
  readonly force?: string;
  readonly client?: string;
  readonly role?: string;
  readonly ms?: number;
}

export type OnAnswered = (answered: AnsweredRequest) => void;

/**
 * Gives a request its id: the caller's own X-Request-Id if it is usable. Without one, and without a trace,
 * the id is that of the trace that begins here, so that it also finds the consequences of the request in
 * other services.
 */
export function nameRequest({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const own = headers[REQUEST_ID_HEADER];
  const continued = traceIdOf(headers['traceparent']) !== undefined;
  headers['traceparent'] = continueTrace(headers['traceparent']);
  if (typeof own === 'string' && USABLE.test(own)) return own;
  return continued ? newRequestId() : (traceIdOf(headers['traceparent']) ?? newRequestId());
}

/**
 * Puts the id on every answer and logs each answer once it was sent. It runs first, because other hooks may
 * refuse.
 */
export function tellAnswers(fastify: FastifyInstance, onAnswered: OnAnswered | undefined): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  if (onAnswered === undefined) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    // Health probes are not logged: they come about every second, and their answer says everything.
    if (request.routeOptions.url?.startsWith('/health/') !== true) onAnswered(answered(request, reply));
    done();
  });
}

/** Problem codes of answers, for the log. */
const codes = new WeakMap<FastifyReply, string>();

export function rememberCode(reply: FastifyReply, code: string): void {
  codes.set(reply, code);
}

export function answered(request: FastifyRequest, reply: FastifyReply): AnsweredRequest {
  return {
    httpRequestId: request.id,
    traceId: traceIdOf(request.headers['traceparent']),
    method: request.method,
    route: request.routeOptions.url ?? 'unrouted',
    status: reply.statusCode,
    code: codes.get(reply),
    ...callerIn((request as HttpRequest).caller),
    ms: Math.round(reply.elapsedTime),
  };
}

function callerIn(caller: AnyCaller | null | undefined): Pick<AnsweredRequest, 'force' | 'client' | 'role'> {
  if (caller?.kind === 'force') return { force: caller.force, client: caller.client };
  return caller?.kind === 'staff' ? { role: caller.role } : {};
}
