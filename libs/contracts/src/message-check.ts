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
    throw new Refusal('invalid-request', `The type ${envelope.type.slice(0, 80)} is not taken here; taken are ${types.join(', ')}.`);
  }
  const errors = messageCheck(envelope.type as MessageType).faults(envelope.value, '');
  if (errors.length > 0) throw new Refusal('invalid-request', 'The value does not fit its message type.', { errors });
  return envelope as never;
}
