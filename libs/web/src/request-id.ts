import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnyCaller, HttpRequest } from './caller.ts';
import { continueTrace, newRequestId, traceIdOf } from './trace.ts';

export const REQUEST_ID_HEADER = 'x-request-id';

/** What may be repeated in a header and in a log line as it came. */
const USABLE = /^[\w.-]{1,64}$/;

/** One answered HTTP request, as a log line tells it. Never the address as it was sent: its parameters may be personal. */
export interface AnsweredRequest {
  readonly httpRequestId: string;
  readonly traceId?: string | undefined;
  readonly method?: string;
  readonly route?: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string | undefined;
  readonly force?: string;
  readonly client?: string;
  readonly role?: string;
  readonly ms?: number;
}

export type OnAnswered = (answered: AnsweredRequest) => void;

/**
 * Names a request: by the caller's own X-Request-Id where it is usable. Without one, and without a trace, by the id of the trace
 * that begins here, so that the id also finds what the request leads to in other services.
 */
export function nameRequest({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const own = headers[REQUEST_ID_HEADER];
  const continued = traceIdOf(headers['traceparent']) !== undefined;
  headers['traceparent'] = continueTrace(headers['traceparent']);
  if (typeof own === 'string' && USABLE.test(own)) return own;
  return continued ? newRequestId() : (traceIdOf(headers['traceparent']) ?? newRequestId());
}

/** Every answer carries the id, and is told once it was sent. Before all other hooks: they may refuse. */
export function tellAnswers(fastify: FastifyInstance, onAnswered: OnAnswered | undefined): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  if (onAnswered === undefined) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    // Probes ask every second or so, and the answer says all there is.
    if (request.routeOptions.url?.startsWith('/health/') !== true) onAnswered(answered(request, reply));
    done();
  });
}

/** The problem that was answered, for the log. */
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
