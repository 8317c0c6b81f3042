import type { ForceSystem } from '../attach/force-system.ts';
import type { StaffClient } from '#client';

/** A unit's counts for one force. */
export type UnitCounts = Readonly<Record<string, number>>;

const OPEN = ['claimed', 'held', 'waiting-for-force', 'awaiting-decision'];

/**
 * Reads the counts of all units, by force and unit. `readers` has one member of staff per unit with a right
 * to every force.
 */
export async function unitCounts(readers: readonly StaffClient[]): Promise<Map<string, UnitCounts>> {
  const all = await Promise.all(readers.map(async (reader) => [reader.unit, await reader.counts()] as const));
  return new Map(
    all.flatMap(([unit, byForce]) =>
      Object.entries(byForce).map(([force, counts]) => [`${force} ${unit}`, counts]),
    ),
  );
}

export const reached = (counts: UnitCounts | undefined): number =>
  (counts?.['arrived'] ?? 0) + (counts?.['deadLettered'] ?? 0);

export interface Difference {
  readonly force: string;
  readonly unit: string;
  readonly accepted: number;
  readonly found: number;
}

/**
 * Lists the differences in: accepted = queued + open + answered + declined + withdrawn + dead-lettered, for
 * everything that intake received from anybody since a force's first request of the run; and for each unit,
 * arrived = the sum of its states.
 */
export async function differences(
  systems: readonly ForceSystem[],
  readers: readonly StaffClient[],
  since: ReadonlyMap<
    string,
    { readonly receivedAt: string; readonly before: ReadonlyMap<string, UnitCounts> }
  >,
): Promise<Difference[]> {
  const accepted = new Map<string, number>();
  for (const system of systems) {
    const from = since.get(system.force)?.receivedAt as string;
    const counted = new Set<string>();
    for await (const { id, unit, receivedAt } of system.rest.list({ updatedSince: from })) {
      // A request that changes while the pages are read is listed again after the others.
      if (counted.has(id) || Date.parse(receivedAt) < Date.parse(from)) continue;
      counted.add(id);
      const key = `${system.force} ${unit}`;
      accepted.set(key, (accepted.get(key) ?? 0) + 1);
    }
  }
  const now = await unitCounts(readers);
  return systems.flatMap(({ force }) =>
    readers.flatMap(({ unit }): Difference[] => {
      const key = `${force} ${unit}`;
      const counts = now.get(key) ?? {};
      const before = since.get(force)?.before.get(key);
      const states = ['queued', ...OPEN, 'answered', 'declined', 'withdrawn'].reduce(
        (sum, state) => sum + (counts[state] ?? 0),
        0,
      );
      const found = states + (counts['deadLettered'] ?? 0) - reached(before);
      const expected = accepted.get(key) ?? 0;
      const sound = found === expected && states === (counts['arrived'] ?? 0);
      return sound ? [] : [{ force, unit, accepted: expected, found }];
    }),
  );
}
