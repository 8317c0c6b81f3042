import { Database, PostgresDeadLetters } from '#persistence';
import { changeRequests, getNext, loadUnitDefinitions, UnitRuntime } from '#unit';
import type { StaffCaller } from '#web';
import { ANSWER } from '../measure/work.ts';
import { BATCH, LEGS_FORCE, LEGS_UNIT, LIKE_UNIT } from './settings.ts';

/** As many as a running unit's replica has partitions in hand. */
export const AT_ONCE = 2;

export const WORKER: StaffCaller = {
  kind: 'staff',
  person: 'bench-worker',
  name: 'Bench Worker',
  unit: LEGS_UNIT,
  role: 'caseworker',
  forces: [LEGS_FORCE.slug],
};

/**
 * The unit that the requests of the benchmark are for, on a database that is migrated. Its records are those
 * of the unit it is like.
 */
export async function openUnit(
  url: string,
  records: 'with-records' | 'without-records' = 'with-records',
): Promise<UnitRuntime> {
  const [like] = await loadUnitDefinitions([LIKE_UNIT]);
  if (!like) throw new Error(`there is no unit ${LIKE_UNIT}`);
  const database = await Database.open({ url, applicationName: 'bench-unit' });
  const forces = [LEGS_FORCE];
  const deadLetters = new PostgresDeadLetters(database, [LEGS_FORCE.slug]);
  const requestTypes =
    records === 'with-records' ? like.requestTypes : like.requestTypes.map(({ records: _, ...type }) => type);
  return new UnitRuntime({ ...like, slug: LEGS_UNIT, requestTypes }, { database, deadLetters, forces });
}

/**
 * Claims the most urgent hundred and answers them, as an automatic worker's two calls do; returns how many.
 */
export async function claimAndAnswer(unit: UnitRuntime): Promise<number> {
  const tasks = await getNext(unit, WORKER, { count: BATCH, types: null });
  if (tasks.length === 0) return 0;
  const wanted = tasks.map(({ id, version }) => ({
    reference: id,
    command: 'answer' as const,
    version,
    body: { answer: ANSWER },
  }));
  const refused = (await changeRequests(unit, WORKER, wanted)).find(({ refusal }) => refusal !== undefined);
  if (refused?.refusal) throw refused.refusal;
  return tasks.length;
}

/** Runs the work in as many loops at once until all is taken from the list. */
export async function inLoops<Item>(
  items: readonly Item[],
  loops: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: loops }, async () => {
      while (next < items.length) await work(items[next++] as Item);
    }),
  );
}
