import { Database, PostgresDeadLetters } from '#persistence';
import { changeRequests, getNext, loadUnitDefinitions, UnitRuntime } from '#unit';
import type { StaffCaller } from '#web';
import { ANSWER } from '../measure/work.ts';
import { BATCH, LEGS_FORCE, LEGS_UNIT, MODEL_UNIT } from './settings.ts';

/** A running replica of a unit works on this many partitions at once. */
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
 * Opens the unit of the benchmark on a migrated database. It has the request types of the model unit, with or
 * without their records.
 */
export async function openUnit(
  url: string,
  records: 'with-records' | 'without-records' = 'with-records',
): Promise<UnitRuntime> {
  const [model] = await loadUnitDefinitions([MODEL_UNIT]);
  if (!model) throw new Error(`there is no unit ${MODEL_UNIT}`);
  const database = await Database.open({ url, applicationName: 'bench-unit' });
  const forces = [LEGS_FORCE];
  const deadLetters = new PostgresDeadLetters(database, [LEGS_FORCE.slug]);
  const requestTypes =
    records === 'with-records'
      ? model.requestTypes
      : model.requestTypes.map(({ records: _, ...type }) => type);
  return new UnitRuntime({ ...model, slug: LEGS_UNIT, requestTypes }, { database, deadLetters, forces });
}

/** Claims and answers the hundred most urgent requests, like an automatic worker. Returns the count. */
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

/** Does the work for every item, in this many loops at once. */
export async function runInLoops<Item>(
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
