/** One fault in what was sent: where (JSON pointer), a stable code, and a sentence. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * RFC 9457 problem details, the one shape of every refusal: over REST as the body, over Kafka inside a
 * `request-refused` event. `kind` tells a force's system whether a person must act (business) or a retry may help (system).
 */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly kind: 'business' | 'system';
  readonly errors?: readonly FieldError[];
  readonly requestId?: string;
  /** Members that one code documents beside the standard ones. */
  readonly [extension: string]: unknown;
}

/** Each code with its status and title; docs/reference/problems.md is made from it. */
export const PROBLEMS = {
  'malformed-json': { status: 400, kind: 'business', title: 'The body is not JSON' },
  'invalid-request': { status: 400, kind: 'business', title: 'The request is not valid' },
  'too-deep': { status: 400, kind: 'business', title: 'The body is nested too deeply' },
  'missing-idempotency-key': {
    status: 400,
    kind: 'business',
    title: 'The Idempotency-Key header is missing or malformed',
  },
  'invalid-cursor': { status: 400, kind: 'business', title: 'The cursor is not one that was given out' },
  unauthenticated: { status: 401, kind: 'business', title: 'No valid access token' },
  'not-allowed': { status: 403, kind: 'business', title: 'This credential may not do that' },
  'never-shared': { status: 403, kind: 'business', title: 'This matter is never shared' },
  'no-agreement': { status: 403, kind: 'business', title: 'No live agreement covers this' },
  'not-found': { status: 404, kind: 'business', title: 'Nothing is here for you' },
  'method-not-allowed': { status: 405, kind: 'business', title: 'This method is not served at this address' },
  'not-in-time': { status: 408, kind: 'system', title: 'The request did not arrive in time' },
  'in-flight': { status: 409, kind: 'system', title: 'The same key is being worked on' },
  'reference-conflict': { status: 409, kind: 'business', title: 'That reference stands for other content' },
  'not-in-this-state': {
    status: 409,
    kind: 'business',
    title: 'The request is not in a state that allows this',
  },
  'not-correctable': { status: 409, kind: 'business', title: 'That can no longer be corrected' },
  'not-reopenable': { status: 409, kind: 'business', title: 'That may not be reopened' },
  'version-changed': { status: 412, kind: 'business', title: 'The record has changed since it was read' },
  'too-large': { status: 413, kind: 'business', title: 'The body is too large' },
  'unsupported-media-type': {
    status: 415,
    kind: 'business',
    title: 'The body is of a kind that is not taken here',
  },
  'unknown-type': { status: 422, kind: 'business', title: 'No unit takes this type of request' },
  'invalid-payload': { status: 422, kind: 'business', title: 'The payload does not fit its type' },
  'idempotency-key-reused': {
    status: 422,
    kind: 'business',
    title: 'That Idempotency-Key stands for another body',
  },
  'no-delegated-authority': {
    status: 403,
    kind: 'business',
    title: 'No delegated authority of the owning force',
  },
  'second-person-needed': { status: 409, kind: 'business', title: 'A second person must decide' },
  'version-required': { status: 428, kind: 'business', title: 'Say which version you read' },
  'too-many-requests': { status: 429, kind: 'system', title: 'More than this force may ask here' },
  'internal-error': { status: 500, kind: 'system', title: 'Something failed here' },
  busy: { status: 503, kind: 'system', title: 'Too much is waiting; try again shortly' },
  unavailable: { status: 503, kind: 'system', title: 'A part that this needs is not available' },
} as const satisfies Record<string, { status: number; kind: 'business' | 'system'; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal on its way to whoever asked; the web layer and the Kafka door both render it as problem details. */
export class Refusal extends Error {
  readonly problem: ProblemDetails;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    extensions: { readonly errors?: readonly FieldError[]; readonly [member: string]: unknown } = {},
  ) {
    super(detail);
    this.name = 'Refusal';
    this.problem = problemDetails(code, detail, extensions);
  }
}

export function problemDetails(
  code: ProblemCode,
  detail: string,
  extensions: { readonly errors?: readonly FieldError[]; readonly [member: string]: unknown } = {},
): ProblemDetails {
  const { status, kind, title } = PROBLEMS[code];
  return { type: `urn:concordat:problem:${code}`, title, status, detail, code, kind, ...extensions };
}
