import { HttpException } from '@nestjs/common';
import { INTAKE_BOUNDS, problemDetails, Refusal, type ProblemCode, type ProblemDetails } from '#contracts';
import type { HttpReply } from './caller.ts';
import { rememberCode, REQUEST_ID_HEADER } from './request-id.ts';

/** The seconds to wait before a retry, by code; a problem's own `retryAfterSeconds` takes precedence. */
const RETRY_AFTER_SECONDS: Partial<Record<string, number>> = {
  busy: 1,
  'in-flight': 1,
  'too-many-requests': 1,
  unavailable: 5,
};

const CODE_BY_STATUS: Partial<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  // Fastify answers 414 to a path parameter that is too long; no record has such an id.
  414: 'not-found',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** The body size and media types that a route accepts, for its refusals. */
export interface RouteBounds {
  readonly bodyBytesMax?: number | undefined;
  readonly mediaTypes?: readonly string[];
}

const DETAIL_BY_CODE: Partial<Record<ProblemCode, (bounds: RouteBounds) => string>> = {
  'not-found': () => 'There is no route with this address and method.',
  'too-large': ({ bodyBytesMax = INTAKE_BOUNDS.bytesMax }) =>
    `The body is too large: the limit is ${bodyBytesMax} bytes.`,
  'unsupported-media-type': ({ mediaTypes = ['application/json'] }) =>
    `Send the body as ${mediaTypes.join(' or ')}, with the matching Content-Type header.`,
  unavailable: () => 'Try again shortly.',
};

/**
 * Turns any thrown error into problem details. Only a Refusal shows its own text; an unknown error reveals
 * nothing.
 */
export function problemOf(
  error: unknown,
  isUnavailable: (error: unknown) => boolean,
  bounds: RouteBounds = {},
): ProblemDetails {
  if (error instanceof Refusal) return error.problem;
  if (isUnavailable(error))
    return problemDetails(
      'unavailable',
      'A system that this service needs cannot be reached. The request may or may not have been stored. Repeat it unchanged.',
    );
  const status = statusOf(error);
  if (status !== undefined && (status < 500 || status === 503)) {
    const code = CODE_BY_STATUS[status] ?? 'invalid-request';
    return problemDetails(code, DETAIL_BY_CODE[code]?.(bounds) ?? (error as Error).message);
  }
  return problemDetails(
    'internal-error',
    'The error is on our side and has been logged. If it happens again, report the X-Request-Id of this answer.',
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify throws its own errors before it has found a route.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return undefined;
}

/** Answers with problem details and the headers that the code requires. */
export function sendProblem(reply: HttpReply, problem: ProblemDetails): void {
  const retryAfter = problem['retryAfterSeconds'] ?? RETRY_AFTER_SECONDS[problem.code];
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  const { allowed } = problem;
  if (problem.status === 405 && Array.isArray(allowed)) reply.header('allow', allowed.join(', '));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
  rememberCode(reply, problem.code);
  // The body is sent as bytes, because Fastify adds a charset to text, which application/problem+json does
  // not allow.
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    // Hooks do not run for an address that the router cannot read.
    .header('x-content-type-options', 'nosniff')
    .header(REQUEST_ID_HEADER, reply.request.id)
    .send(Buffer.from(JSON.stringify(problem)));
}
