import { messageCheck, Refusal, type MessageType } from '#contracts';
import { isUuid } from '#kernel';

/**
 * Checks the body of a message about the request in the path, as the same message over Kafka would be
 * checked. Throws a Refusal that names every fault.
 */
export function bodyOfRequest(type: MessageType, requestId: string, body: unknown): object {
  if (!isUuid(requestId)) throw new Refusal('not-found', 'No request of this force has that id.');
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { body };
  // The id of the request is in the path, so a body with an id is refused as having an unknown field.
  const errors =
    'requestId' in fields
      ? [{ pointer: '/requestId', code: 'unknown', detail: 'requestId belongs in the path, not in the body' }]
      : messageCheck(type).faults({ ...fields, requestId }, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The body is not valid; see errors.', { errors });
  return fields;
}
