import { Refusal } from '#contracts';
import type { Channel } from '../channel.ts';
import type { StoreOutcome } from './submission.store.ts';
import type { StorableSubmission } from './submission.ts';

/** The force's reference stands for other content already: kept beside it, never merged. */
export function conflictOf(
  { checked }: StorableSubmission,
  { requestId, origin }: Extract<StoreOutcome, { outcome: 'reference-conflict' }>,
): Refusal {
  return new Refusal(
    'reference-conflict',
    `The reference ${checked.reference} stands for a request with other content. Nothing was changed; this one is kept among the refusals.`,
    { existing: { id: requestId, origin } },
  );
}

export function keyReused(channel: Channel, key: string): Refusal {
  const what = channel === 'rest' ? 'The Idempotency-Key' : 'The CloudEvents id';
  return new Refusal(
    'idempotency-key-reused',
    `${what} ${key} was used before with other content. Use a new one for new content.`,
  );
}
