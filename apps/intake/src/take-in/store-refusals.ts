import { Refusal } from '#contracts';
import type { Channel } from '../registers/channel.ts';
import type { StoreOutcome } from './submission.store.ts';
import type { StorableSubmission } from './submission.ts';

/**
 * The refusal of a reference that already belongs to other content. The submission is kept beside the first
 * one, never merged.
 */
export function conflictOf(
  { checked }: StorableSubmission,
  { requestId, origin }: Extract<StoreOutcome, { outcome: 'reference-conflict' }>,
): Refusal {
  return new Refusal(
    'reference-conflict',
    `Another request with different content already has the reference ${checked.reference}. That request was not changed, and this submission is listed among the refusals. Use a new reference for a new request.`,
    { existing: { id: requestId, origin } },
  );
}

export function keyReused(channel: Channel, key: string): Refusal {
  const what = channel === 'rest' ? 'The Idempotency-Key' : 'The CloudEvents id';
  return new Refusal(
    'idempotency-key-reused',
    `${what} ${key} was already used with different content. Use a new one for new content.`,
  );
}
