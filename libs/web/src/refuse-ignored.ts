import { Refusal, type FieldError } from '#contracts';
import type { HttpRequest } from './caller.ts';
import { descriptionOf } from './described.ts';

/** The inputs of a route beside path and body, for routes without a public description. */
export interface RouteInputs {
  readonly query?: readonly string[];
  readonly headers?: readonly string[];
}

const inputs = new WeakMap<object, RouteInputs>();

/** Declares the query parameters and preconditions of a route without a description. The default is none. */
export const Takes =
  (taken: RouteInputs): MethodDecorator =>
  (_target, _property, descriptor) => {
    inputs.set(descriptor.value as object, taken);
  };

export function inputsOf(handler: object): Required<RouteInputs> {
  const description = descriptionOf(handler);
  const { query = [], headers = [] } = inputs.get(handler) ?? {};
  if (description === undefined) return { query, headers };
  return { query: Object.keys(description.query ?? {}), headers: Object.keys(description.headers ?? {}) };
}

export const PRECONDITIONS = [
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-Unmodified-Since',
  'If-Range',
] as const;
/** A reader that sends these gets the whole record again. RFC 9110 allows that, and it does no harm. */
const HARMLESS_WHEN_READING: readonly string[] = ['If-None-Match', 'If-Modified-Since', 'If-Range'];

/**
 * Refuses input that the route would ignore. Otherwise a misspelt filter would show everything, one of two
 * values would be dropped, and a change would be made although its condition does not hold.
 */
export function refuseWhatWouldBeIgnored(request: HttpRequest, handler: object): void {
  const { query, headers } = inputsOf(handler);
  refuseParameters(request.query as Readonly<Record<string, unknown>>, query);
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const ignored = PRECONDITIONS.filter(
    (name) =>
      request.headers[name.toLowerCase()] !== undefined &&
      !headers.includes(name) &&
      !(reading && HARMLESS_WHEN_READING.includes(name)),
  );
  if (ignored.length === 0) return;
  const takes = headers.includes('If-Match')
    ? 'It supports If-Match only.'
    : 'It supports no precondition headers.';
  throw new Refusal(
    'invalid-request',
    `This route does not support ${ignored.join(', ')}. ${takes} Leave out the others.`,
    {
      errors: ignored.map((name) => ({
        pointer: `/${name}`,
        code: 'precondition-not-evaluated',
        detail: `Leave ${name} out. ${takes}`,
      })),
    },
  );
}

function refuseParameters(given: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const taken =
    known.length === 0 ? 'This route has no query parameters.' : `This route has ${known.join(', ')}.`;
  const faults = Object.entries(given).flatMap(([name, value]): FieldError[] => {
    const pointer = `/${name.slice(0, 40)}`;
    if (!known.includes(name)) {
      return [
        {
          pointer,
          code: 'unknown-parameter',
          detail: `There is no query parameter with this name. ${taken}`,
        },
      ];
    }
    return Array.isArray(value)
      ? [{ pointer, code: 'repeated-parameter', detail: 'Give this query parameter once.' }]
      : [];
  });
  const [first] = faults;
  if (first === undefined) return;
  const name = first.pointer.slice(1);
  const detail =
    first.code === 'unknown-parameter'
      ? `There is no query parameter ${name}. ${taken}`
      : `The query contains ${name} more than once. Give it once.`;
  throw new Refusal('invalid-request', detail, { errors: faults.slice(0, 10) });
}
