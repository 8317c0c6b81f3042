import { HttpException } from '@nestjs/common';
import { INTAKE_BOUNDS, problemDetails, Refusal, type ProblemCode, type ProblemDetails } from '#contracts';
import type { HttpReply } from './caller.ts';
import { rememberCode, REQUEST_ID_HEADER } from './request-id.ts';

/** Seconds after which a retry may help, by code; a problem with its own `retryAfterSeconds` overrides. */
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
  // Fastify's answer to an over-long path parameter: no record has such an id.
  414: 'not-found',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** What a route takes, for the refusal of what it does not. */
export interface RouteBounds {
  readonly bodyBytesMax?: number | undefined;
  readonly mediaTypes?: readonly string[];
}

const DETAIL_BY_CODE: Partial<Record<ProblemCode, (bounds: RouteBounds) => string>> = {
  'not-found': () => 'Nothing answers at this address and method.',
  'too-large': ({ bodyBytesMax = INTAKE_BOUNDS.bytesMax }) =>
    `The body is too large: at most ${bodyBytesMax} bytes are taken here.`,
  'unsupported-media-type': ({ mediaTypes = ['application/json'] }) =>
    `Send the body as ${mediaTypes.join(' or ')}, and name that in the header Content-Type.`,
  unavailable: () => 'Try again shortly.',
};

/** What goes out for whatever was thrown. Only a Refusal speaks for itself; of an unknown error nothing is told. */
export function problemOf(
  error: unknown,
  isUnavailable: (error: unknown) => boolean,
  bounds: RouteBounds = {},
): ProblemDetails {
  if (error instanceof Refusal) return error.problem;
  if (isUnavailable(error))
    return problemDetails(
      'unavailable',
      'A part that this needs cannot be reached, and whether anything was stored is not known. Repeat it unchanged.',
    );
  const status = statusOf(error);
  if (status !== undefined && (status < 500 || status === 503)) {
    const code = CODE_BY_STATUS[status] ?? 'invalid-request';
    return problemDetails(code, DETAIL_BY_CODE[code]?.(bounds) ?? (error as Error).message);
  }
  return problemDetails('internal-error', 'The fault is on our side and has been logged.');
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's own errors, before any route was found.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return undefined;
}

/** Answers with problem details, and the headers that its code asks for. */
export function sendProblem(reply: HttpReply, problem: ProblemDetails): void {
  const retryAfter = problem['retryAfterSeconds'] ?? RETRY_AFTER_SECONDS[problem.code];
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  const { allowed } = problem;
  if (problem.status === 405 && Array.isArray(allowed)) reply.header('allow', allowed.join(', '));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
  rememberCode(reply, problem.code);
  // Bytes, because Fastify adds a charset to a text, and application/problem+json has no such parameter.
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    // No hook runs for an address that the router cannot read.
    .header('x-content-type-options', 'nosniff')
    .header(REQUEST_ID_HEADER, reply.request.id)
    .send(Buffer.from(JSON.stringify(problem)));
}
