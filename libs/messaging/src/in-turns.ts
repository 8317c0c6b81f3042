import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one caller may keep the event loop; a request of another force waits no longer for its turn. */
const TURN_MS = 10;

/**
 * To be called after each piece of a longer work: gives the event loop a turn whenever 10 ms have passed since the last one. A
 * batch of large messages would otherwise hold up every other request, the heartbeats of its own consumer included.
 */
export function takingTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}

/** Maps the items in order, taking turns. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  const turn = takingTurns();
  for (const item of items) {
    results.push(work(item));
    await turn();
  }
  return results;
}
