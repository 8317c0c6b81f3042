import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one caller may keep the event loop while a request of another force waits. */
const TURN_MS = 10;

/**
 * Call this after each piece of longer work. It lets the event loop run whenever 10 ms have passed since the
 * last time. A batch of large messages would otherwise hold up every other request, and its own consumer's
 * heartbeats.
 */
export function takingTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}

/** Maps the items in order, and lets the event loop run in between. */
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
