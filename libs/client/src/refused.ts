import type { components } from './intake-api.generated.ts';

/** RFC 9457 problem details as intake's description has them. */
type Problem = components['schemas']['Problem'];

/** Each fault of a problem as words: its column where it is of CSV, else its pointer, and what is said of it. */
export function placesOf({ errors = [] }: Partial<Problem>): string {
  return errors
    .map(({ pointer, detail, ...more }) => ` ${(more as { column?: string }).column ?? pointer} ${detail}`)
    .join(';');
}

/** A definite refusal. `problem.kind` says whether somebody must change something (business) or the system failed. */
export class Refused extends Error {
  constructor(
    /** With the members that single codes add, such as `existing` of a reference-conflict. */
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

/** The refusal in an answer; one that is no problem of ours (a proxy's page) gets the code `not-understood`. */
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
