/** A refusal of the broker that no retry changes. */
export interface BrokerRefusal {
  /** `row`: this message, for good. `topic`: everything for this topic, until it is created or granted. */
  readonly of: 'row' | 'topic';
  /** The broker's name for the error. It contains nothing of the message. */
  readonly reason: string;
}

/** Error names of the Kafka protocol in the client library's spelling. */
const REFUSES: ReadonlyMap<string, BrokerRefusal['of']> = new Map([
  ['MESSAGE_TOO_LARGE', 'row'],
  ['RECORD_LIST_TOO_LARGE', 'row'],
  ['INVALID_RECORD', 'row'],
  ['UNSUPPORTED_FOR_MESSAGE_FORMAT', 'row'],
  ['TOPIC_AUTHORIZATION_FAILED', 'topic'],
  ['INVALID_TOPIC_EXCEPTION', 'topic'],
  // The library retries this one, because a topic may be new. After its retries it is an answer.
  ['UNKNOWN_TOPIC_OR_PARTITION', 'topic'],
]);
/** The library wraps an error that it gave up retrying, at most this many times. */
const CAUSES_MAX = 3;

/** Returns undefined if the same send may work later, because the broker is away, busy or moving. */
export function brokerRefusal(error: unknown): BrokerRefusal | undefined {
  for (
    let fault = error, depth = 0;
    fault instanceof Error && depth <= CAUSES_MAX;
    fault = fault.cause, depth += 1
  ) {
    const reason = (fault as { type?: unknown }).type;
    const of = typeof reason === 'string' ? REFUSES.get(reason) : undefined;
    if (of !== undefined) return { of, reason: reason as string };
  }
  return undefined;
}
