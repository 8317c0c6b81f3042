import { MESSAGE_TYPES, type MessageType, type MessageValue } from './messages.ts';
import { PayloadCheck } from './payload-check.ts';
import { Refusal } from './problem.ts';
import type { Envelope } from './envelope.ts';

const checks = new Map<string, PayloadCheck>();

/** Returns the check of a message type's value, which is compiled on first use. */
export function messageCheck(type: MessageType): PayloadCheck {
  let check = checks.get(type);
  if (!check) {
    check = new PayloadCheck(MESSAGE_TYPES[type]);
    checks.set(type, check);
  }
  return check;
}

/**
 * Narrows an envelope to one of the types that a consumer takes. Refuses every other type and names those it
 * takes.
 */
export function expectMessage<Type extends MessageType>(
  envelope: Envelope,
  types: readonly Type[],
): { [T in Type]: Envelope<MessageValue<T>> & { readonly type: T } }[Type] {
  if (!(types as readonly string[]).includes(envelope.type)) {
    throw new Refusal(
      'invalid-request',
      `This topic does not take messages of type ${envelope.type.slice(0, 80)}. It takes ${types.join(', ')}.`,
    );
  }
  const errors = messageCheck(envelope.type as MessageType).faults(envelope.value, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The message value is not valid for its type; see errors.', {
      errors,
    });
  return envelope as never;
}

/**
 * Throws when a value that is about to be published is not valid for its message type. Callers check before
 * they commit: the fault then returns to its sender, and no reader of the topic meets a message that it
 * cannot read.
 */
export function refuseUnpublishable(type: string, value: unknown): void {
  const faults = Object.hasOwn(MESSAGE_TYPES, type)
    ? messageCheck(type as MessageType).faults(value, '/event')
    : [{ pointer: '', code: 'type', detail: `${type.slice(0, 80)} is not a message type` }];
  if (faults.length === 0) return;
  const detail =
    'This change would publish a message that is not valid for its type, so nothing was changed. Correct the fields in errors.';
  throw new Refusal('invalid-payload', detail, { errors: faults });
}
