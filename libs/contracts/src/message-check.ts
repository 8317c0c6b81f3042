import { MESSAGE_TYPES, type MessageType, type MessageValue } from './messages.ts';
import { PayloadCheck } from './payload-check.ts';
import { Refusal } from './problem.ts';
import type { Envelope } from './envelope.ts';

const checks = new Map<string, PayloadCheck>();

/** The check of a message type's value, compiled on first use. */
export function messageCheck(type: MessageType): PayloadCheck {
  let check = checks.get(type);
  if (!check) {
    check = new PayloadCheck(MESSAGE_TYPES[type]);
    checks.set(type, check);
  }
  return check;
}

/** Narrows an envelope to one of the types a consumer takes; anything else is refused with its reason. */
export function expectMessage<Type extends MessageType>(
  envelope: Envelope,
  types: readonly Type[],
): { [T in Type]: Envelope<MessageValue<T>> & { readonly type: T } }[Type] {
  if (!(types as readonly string[]).includes(envelope.type)) {
    throw new Refusal(
      'invalid-request',
      `The type ${envelope.type.slice(0, 80)} is not taken here; taken are ${types.join(', ')}.`,
    );
  }
  const errors = messageCheck(envelope.type as MessageType).faults(envelope.value, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The value does not fit its message type.', { errors });
  return envelope as never;
}

/**
 * Throws when a value that is about to be published does not fit its message type. Asked before the commit, a fault ends with whoever
 * caused it: after it, every reader of the topic would find a message that it cannot take.
 */
export function refuseUnpublishable(type: string, value: unknown): void {
  const faults = Object.hasOwn(MESSAGE_TYPES, type)
    ? messageCheck(type as MessageType).faults(value, '/event')
    : [{ pointer: '', code: 'type', detail: `${type.slice(0, 80)} is no message type` }];
  if (faults.length === 0) return;
  const detail =
    'What would be published of this does not fit its message type, so nothing was changed. Check the fields that are named.';
  throw new Refusal('invalid-payload', detail, { errors: faults });
}
