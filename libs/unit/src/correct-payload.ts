import {
  FAULTS_MAX,
  Guesses,
  Refusal,
  unknownFieldSentence,
  type Correctable,
  type FieldError,
  type PayloadCheck,
} from '#contracts';
import { contentHash } from '#kernel';
import { CORRECTABLE_IN, type State } from '#requests';
import { payloadFaults } from './payload-faults.ts';
import type { RequestType } from './unit-definition.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The reason why a field cannot be corrected, and what the force can do instead. */
const INSTEAD: Readonly<Record<'fixed' | 'too-late', string>> = {
  fixed: 'cannot be corrected: withdraw the request and submit a new one',
  'too-late':
    'can no longer be corrected, because the request has been claimed: add information, or withdraw it and submit a new one',
};

/**
 * Applies a correction to the payload. Each field must be correctable in this state, the whole payload must
 * be valid for its type and rules, and neither risk nor clocks may change, because a correction does not
 * change a promise. Throws a Refusal that names every faulty field. The table of transitions has already
 * allowed a correction.
 */
export function correctedPayload(
  type: RequestType,
  check: PayloadCheck,
  { state, payload }: { readonly state: State; readonly payload: Payload },
  correction: Payload,
): Record<string, unknown> {
  const fields = check.schema['properties'] as Readonly<
    Record<string, { readonly 'x-correctable'?: Correctable }>
  >;
  const named = Object.keys(correction);
  const untilOf = (name: string): Correctable | undefined =>
    Object.hasOwn(fields, name) ? fields[name]?.['x-correctable'] : undefined;
  const late = named.filter((name) => {
    const until = untilOf(name);
    return until === undefined || !CORRECTABLE_IN[state]?.includes(until);
  });
  if (late.length > 0) {
    const guesses = new Guesses();
    const errors = late.slice(0, FAULTS_MAX).map((name): FieldError => {
      const code = untilOf(name) === undefined ? 'fixed' : 'too-late';
      const detail = Object.hasOwn(fields, name)
        ? INSTEAD[code]
        : unknownFieldSentence(name, check.schema, guesses);
      return { pointer: `/payload/${pointerOf(name)}`, code, detail };
    });
    throw new Refusal(
      'not-correctable',
      `These fields cannot be corrected while the request is ${state}; see errors.`,
      {
        errors,
      },
    );
  }
  const corrected = replaceFields(payload, correction);
  const faults = payloadFaults(type, check, corrected);
  if (faults.length > 0)
    throw new Refusal('invalid-payload', `The corrected payload is not valid for ${type.name}; see errors.`, {
      errors: faults,
    });
  if (contentHash(corrected) === contentHash(payload)) {
    const errors = [
      { pointer: '/payload', code: 'unchanged', detail: 'must contain a field with a new value' },
    ];
    throw new Refusal('invalid-payload', 'The correction changes nothing.', { errors });
  }
  if (contentHash(promised(type, corrected)) !== contentHash(promised(type, payload))) {
    const detail =
      'would change the risk or a clock of the request: add information, or withdraw it and submit a new one';
    const errors = named.map((name) => ({ pointer: `/payload/${pointerOf(name)}`, code: 'promise', detail }));
    throw new Refusal(
      'not-correctable',
      'A correction cannot change the risk or the clocks of a request; see errors.',
      { errors },
    );
  }
  return corrected;
}

/** The payload with the corrected fields replaced; null removes a field. */
export function replaceFields(payload: Payload, correction: Payload): Record<string, unknown> {
  const fields = new Map([...Object.entries(payload), ...Object.entries(correction)]);
  return Object.fromEntries([...fields].filter(([, value]) => value !== null));
}

/** The risk and the clocks of a payload, which a correction cannot change. */
function promised({ risk, clocks }: RequestType, payload: Payload): unknown {
  return {
    risk: typeof risk === 'function' ? risk(payload) : risk,
    clocks: clocks.map(({ kind, amount, startsFrom }) => ({
      kind: typeof kind === 'function' ? kind(payload) : kind,
      amount: typeof amount === 'function' ? amount(payload) : amount,
      from: startsFrom === undefined ? null : (payload[startsFrom] ?? null),
    })),
  };
}

/**
 * A field name as one step of a JSON pointer. It is cut, because the sender may make it as long as a body.
 */
function pointerOf(name: string): string {
  return name.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
}
