/** One fault in the input: its place as a JSON pointer, a stable code, and a sentence. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * RFC 9457 problem details. Every refusal has this shape: over REST as the body, over Kafka inside a
 * `request-refused` event. `kind` tells a force's system whether a person must act (business) or a retry may
 * help (system).
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
  /** Extra members that some codes add to the standard ones. */
  readonly [extension: string]: unknown;
}

/** Each code with its status and title; docs/reference/problems.md is generated from this table. */
export const PROBLEMS = {
  'malformed-json': { status: 400, kind: 'business', title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, kind: 'business', title: 'The request is not valid' },
  'too-deep': { status: 400, kind: 'business', title: 'The body is nested too deeply' },
  'missing-idempotency-key': {
    status: 400,
    kind: 'business',
    title: 'The Idempotency-Key header is missing or malformed',
  },
  'invalid-cursor': { status: 400, kind: 'business', title: 'The cursor is not valid' },
  unauthenticated: { status: 401, kind: 'business', title: 'The access token is missing or not valid' },
  'not-allowed': { status: 403, kind: 'business', title: 'Your credential does not allow this' },
  'never-shared': { status: 403, kind: 'business', title: 'Forces never share this kind of work' },
  'no-agreement': { status: 403, kind: 'business', title: 'No current collaboration agreement covers this' },
  'not-found': { status: 404, kind: 'business', title: 'Not found' },
  'method-not-allowed': { status: 405, kind: 'business', title: 'This address does not support this method' },
  'not-in-time': { status: 408, kind: 'system', title: 'The request took too long to arrive' },
  'in-flight': {
    status: 409,
    kind: 'system',
    title: 'A request with the same key or reference is still being processed',
  },
  'reference-conflict': {
    status: 409,
    kind: 'business',
    title: 'This reference is already used for different content',
  },
  'not-in-this-state': { status: 409, kind: 'business', title: 'Not possible in the current state' },
  'not-correctable': { status: 409, kind: 'business', title: 'This cannot be corrected' },
  'not-reopenable': { status: 409, kind: 'business', title: 'This request cannot be reopened' },
  'version-changed': { status: 412, kind: 'business', title: 'The record has changed since you read it' },
  'too-large': { status: 413, kind: 'business', title: 'The body is too large' },
  'unsupported-media-type': { status: 415, kind: 'business', title: 'This content type is not supported' },
  'unknown-type': { status: 422, kind: 'business', title: 'The request type or its version is not known' },
  'invalid-payload': {
    status: 422,
    kind: 'business',
    title: 'The payload is not valid for its request type',
  },
  'idempotency-key-reused': {
    status: 422,
    kind: 'business',
    title: 'This Idempotency-Key was already used with a different body',
  },
  'no-delegated-authority': {
    status: 403,
    kind: 'business',
    title: 'No delegated authority from the owning force',
  },
  'second-person-needed': { status: 409, kind: 'business', title: 'A second person must confirm this' },
  'version-required': { status: 428, kind: 'business', title: 'The If-Match header is required' },
  'too-many-requests': { status: 429, kind: 'system', title: 'Too many requests' },
  'internal-error': { status: 500, kind: 'system', title: 'Internal error' },
  busy: { status: 503, kind: 'system', title: 'The service is busy; try again shortly' },
  unavailable: { status: 503, kind: 'system', title: 'The service is temporarily unavailable' },
} as const satisfies Record<string, { status: number; kind: 'business' | 'system'; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * The one error that callers see; the web layer and the Kafka consumers both render it as problem details.
 */
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
