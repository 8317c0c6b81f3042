import type { Agreement } from '#agreements';
import { contentHash } from '#kernel';

/** The newest published edition of an agreement. */
export interface PublishedEdition {
  readonly agreement: Agreement;
  readonly edition: number;
}

/**
 * Lists the editions to publish so that the catalogue takes effect: the next edition of each changed
 * agreement, and an end for each agreement that the catalogue no longer has.
 */
export function nextEditions(
  agreements: readonly Agreement[],
  published: readonly PublishedEdition[],
): PublishedEdition[] {
  const newest = new Map(published.map((entry) => [entry.agreement.agreementId, entry]));
  const wanted = new Map(agreements.map((agreement) => [agreement.agreementId, agreement]));
  const changed = agreements.flatMap((agreement): PublishedEdition[] => {
    const known = newest.get(agreement.agreementId);
    if (known && contentHash(known.agreement) === contentHash(agreement)) return [];
    return [{ agreement, edition: (known?.edition ?? 0) + 1 }];
  });
  const dropped = published
    .filter(({ agreement }) => !wanted.has(agreement.agreementId) && agreement.status !== 'ended')
    .map(({ agreement, edition }): PublishedEdition => ({
      agreement: { ...agreement, status: 'ended' },
      edition: edition + 1,
    }));
  return [...changed, ...dropped];
}
