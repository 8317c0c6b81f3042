/**
 * Does the work for all items together. If that fails, `settle` decides: it returns the results of the failed
 * items, throws to end everything, or returns undefined to try each half separately. Halves are tried one
 * after the other, so order is kept, and one bad item among n costs about 2 × log2(n) more runs. The results
 * have the order of the items.
 */
export async function halving<Item, Result>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  settle: (error: unknown, items: readonly Item[]) => Settled<Result> | Promise<Settled<Result>>,
): Promise<readonly Result[]> {
  try {
    return await work(items);
  } catch (error) {
    const settled = await settle(error, items);
    if (settled !== undefined) return settled;
    // A single item has no halves: without results for it, its fault is the caller's.
    if (items.length < 2) throw error;
    const half = items.length >>> 1;
    const first = await halving(items.slice(0, half), work, settle);
    return [...first, ...(await halving(items.slice(half), work, settle))];
  }
}

type Settled<Result> = readonly Result[] | undefined;
