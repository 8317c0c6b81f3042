import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one caller may keep the event loop; a request of another force waits no longer for its turn. */
const TURN_MS = 10;

/**
 * Maps the items in order and gives the event loop a turn whenever the work has taken 10 ms. A batch of large messages
 * would otherwise hold up every other request, the heartbeats of its own consumer included.
 */
export async function mapInTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  let since = performance.now();
  for (const item of items) {
    results.push(work(item));
    if (performance.now() - since < TURN_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  return results;
}
