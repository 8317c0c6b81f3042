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

/**
 * A body may name as many fields as it holds; the problem that names them must fit into a message of its own.
 */

/** Why a field stays as it is, and what its force can do instead. */
const INSTEAD: Readonly<Record<'fixed' | 'too-late', string>> = {
  fixed: 'cannot be corrected: withdraw the request and submit it anew',
  'too-late':
    'can no longer be corrected, for the request has been taken up: add information, or withdraw it and submit it anew',
};

/**
 * The payload with the fields that the force corrects. Each stands as declared until it may no longer change,
 * the whole fits the type and its rules, and neither risk nor clocks would be others: what was promised, and
 * to whom it goes, is not moved by a correction. Throws a Refusal that names every field. The state allows
 * corrections by the table of transitions.
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
    throw new Refusal('not-correctable', `This cannot be corrected of a request that is ${state}.`, {
      errors,
    });
  }
  const corrected = replaceFields(payload, correction);
  const faults = payloadFaults(type, check, corrected);
  if (faults.length > 0)
    throw new Refusal('invalid-payload', `Corrected so, the payload does not fit ${type.name}.`, {
      errors: faults,
    });
  if (contentHash(corrected) === contentHash(payload)) {
    const errors = [
      { pointer: '/payload', code: 'unchanged', detail: 'must name a field that differs from what stands' },
    ];
    throw new Refusal('invalid-payload', 'The correction changes nothing.', { errors });
  }
  if (contentHash(promised(type, corrected)) !== contentHash(promised(type, payload))) {
    const detail =
      'would change the risk or a clock of the request: add information, or withdraw it and submit it anew';
    const errors = named.map((name) => ({ pointer: `/payload/${pointerOf(name)}`, code: 'promise', detail }));
    throw new Refusal(
      'not-correctable',
      'A correction changes neither the risk nor the clocks of a request.',
      { errors },
    );
  }
  return corrected;
}

/** The payload with each field that is named as it should be; null takes one out. */
export function replaceFields(payload: Payload, correction: Payload): Record<string, unknown> {
  const fields = new Map([...Object.entries(payload), ...Object.entries(correction)]);
  return Object.fromEntries([...fields].filter(([, value]) => value !== null));
}

/** What a force was promised by this payload, wherever its clocks stand. */
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

/** A name as one step of a JSON pointer; it is the sender's and may be as long as a body. */
function pointerOf(name: string): string {
  return name.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
}
