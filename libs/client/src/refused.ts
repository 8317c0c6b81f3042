import type { components } from './intake-api.generated.ts';

/** RFC 9457 problem details, as in intake's OpenAPI description. */
type Problem = components['schemas']['Problem'];

/** Returns the faults of a problem as text: the CSV column or the pointer of each, and its detail. */
export function placesOf({ errors = [] }: Partial<Problem>): string {
  return errors
    .map(({ pointer, detail, ...more }) => ` ${(more as { column?: string }).column ?? pointer} ${detail}`)
    .join(';');
}

/**
 * A definite refusal. `problem.kind` is "business" when the sender must change something and "system" when
 * the service failed.
 */
export class Refused extends Error {
  constructor(
    /** Includes the fields that some codes add, such as `existing` of a reference-conflict. */
    readonly problem: Problem & Readonly<Record<string, unknown>>,
  ) {
    const places = placesOf(problem);
    super(`${problem.status} ${problem.code}: ${problem.detail}${places}`);
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/**
 * Returns the refusal in an answer. An answer without problem details (a proxy's page) gets the code
 * `not-understood`.
 */
export function refusedBy(
  { status, statusText = '' }: { readonly status: number; readonly statusText?: string },
  body: unknown,
): Refused {
  if (typeof body === 'object' && body !== null && 'code' in body && 'kind' in body && 'detail' in body) {
    return new Refused({ ...(body as Problem), status });
  }
  const kind = status >= 500 ? 'system' : 'business';
  const detail = 'The answer is not problem details: something between us and the service may have given it.';
  return new Refused({
    type: 'about:blank',
    title: statusText,
    status,
    detail,
    code: 'not-understood',
    kind,
  });
}
