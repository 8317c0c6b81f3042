import type { Agreement } from '#agreements';
import { contentHash } from '#kernel';

/** The newest edition of an agreement, as it was published. */
export interface PublishedEdition {
  readonly agreement: Agreement;
  readonly edition: number;
}

/**
 * What must be published for the catalogue's agreements to hold: the next edition of each that changed, and an end to
 * each that the catalogue no longer has (an agreement is never just forgotten).
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
