import { Refusal } from '#contracts';
import { newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { urgencyBounds } from '#requests';
import type { StaffCaller } from '#web';
import { notFound } from '../change-request/change-request.ts';
import { readChangeBody, type StaffCommand } from '../change-request/change-body.ts';
import type { QueueFilter } from '../list-queue/queue-query.ts';
import { taskConditions } from '../list-queue/task-conditions.ts';
import { findTask } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import {
  ADD_BULK,
  FIND_BULK,
  FORGET_OLD_BULKS,
  LIST_BULKS,
  LIST_ITEMS,
  SELECT_NAMED_ITEMS,
  selectItemsSql,
  SET_TOTAL,
  START_BULK,
  STOP_BULK,
} from './bulk-changes.sql.ts';

/** The commands that make sense for many requests. An answer is written for one request. */
export const BULK_COMMANDS = [
  'assign',
  'claim',
  'release',
  'hold',
  'resume',
  'ask',
  'note',
  'decline',
] as const satisfies readonly StaffCommand[];
export type BulkCommand = (typeof BULK_COMMANDS)[number];

/** The largest selection. Its items and results are some megabytes. */
export const BULK_MAX = 20_000;
/** Single requests are named in one call. */
export const NAMED_MAX = 200;
/** The bulk changes that are kept for each person. */
const KEPT = 20;

export const BULK_STATES = ['prepared', 'running', 'stopped', 'finished'] as const;
export type BulkState = (typeof BULK_STATES)[number];

/** A change of many requests at once. */
export interface BulkView {
  readonly id: string;
  readonly command: BulkCommand;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly state: BulkState;
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly preparedAt: string;
  readonly startedAt: string | null;
  /** The moment at which it was finished or stopped. */
  readonly finishedAt: string | null;
}

export interface BulkItemView {
  readonly place: number;
  readonly reference: string;
  readonly force: string;
  readonly forceReference: string;
  readonly outcome: 'pending' | 'done' | 'refused';
  /** The sentence with which the unit refused it. */
  readonly reason: string | null;
}

interface BulkRow extends Omit<BulkView, 'state' | 'preparedAt' | 'startedAt' | 'finishedAt'> {
  readonly preparedAt: Date;
  readonly startedAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface WantedBulk {
  readonly command: BulkCommand;
  readonly body: unknown;
  readonly filter: QueueFilter;
  /** Ids or short references; then the filter is not used. */
  readonly requests?: readonly string[] | undefined;
}

/**
 * Keeps the selection as it is now, with the version of each request, and changes nothing yet. A request that
 * changes before the person confirms is refused later, because the person did not see it so.
 */
export async function prepareBulk(
  unit: UnitRuntime,
  caller: StaffCaller,
  { command, body, filter, requests }: WantedBulk,
): Promise<BulkView> {
  const given = readChangeBody(command, body);
  const seen = unit.forcesOf(caller);
  const id = newId();
  return unit.database.transaction(seen, async (client) => {
    await client.query({
      name: 'forget-old-bulks',
      text: FORGET_OLD_BULKS,
      values: [caller.person, KEPT - 1],
    });
    const { person, name, role } = caller;
    const asked = requests ? { requests } : filter;
    const values = [id, person, name, role, seen, command, JSON.stringify(given), JSON.stringify(asked)];
    await client.query({ name: 'add-bulk', text: ADD_BULK, values });
    const selected = requests
      ? await selectNamed(client, seen, id, requests)
      : await selectFiltered(client, unit, caller, id, filter);
    if (selected > BULK_MAX) throw tooMany();
    await client.query({ name: 'set-bulk-total', text: SET_TOTAL, values: [id, selected] });
    return viewOf(await findBulk(client, unit, caller, id));
  });
}

function tooMany(): Refusal {
  return new Refusal(
    'invalid-request',
    `More than ${BULK_MAX} requests match. Filter further, by force, kind or urgency.`,
  );
}

async function selectNamed(
  client: PoolClient,
  seen: readonly string[],
  id: string,
  requests: readonly string[],
): Promise<number> {
  const tasks = await Promise.all(requests.map((reference) => findTask(client, seen, reference)));
  const ids = tasks.map((task) => {
    if (!task) throw notFound();
    return task.id;
  });
  const values = [seen, id, ids];
  const { rowCount } = await client.query({ name: 'select-named', text: SELECT_NAMED_ITEMS, values });
  return rowCount ?? 0;
}

async function selectFiltered(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  id: string,
  filter: QueueFilter,
): Promise<number> {
  const seen = unit.forcesOf(caller);
  const forces = filter.force === undefined ? seen : seen.filter((force) => force === filter.force);
  const assignee = filter.assignee === 'me' ? caller.person : filter.assignee;
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  const bounds = urgencyBounds((rows[0] as { now: Date }).now, unit.urgency);
  const values: unknown[] = [forces, id];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = taskConditions({ ...filter, assignee }, 'due', bounds, parameter);
  const { rowCount } = await client.query(selectItemsSql(conditions, BULK_MAX + 1), values);
  return rowCount ?? 0;
}

/** Begins a prepared bulk change; one that runs or is finished stays as it is. */
export async function startBulk(unit: UnitRuntime, caller: StaffCaller, id: string): Promise<BulkView> {
  return changeBulk(unit, caller, id, 'start-bulk', START_BULK);
}

/** Ends a bulk change. The requests that are done stay changed. */
export async function stopBulk(unit: UnitRuntime, caller: StaffCaller, id: string): Promise<BulkView> {
  return changeBulk(unit, caller, id, 'stop-bulk', STOP_BULK);
}

async function changeBulk(
  unit: UnitRuntime,
  caller: StaffCaller,
  id: string,
  name: string,
  text: string,
): Promise<BulkView> {
  return unit.database.transaction(unit.forcesOf(caller), async (client) => {
    await findBulk(client, unit, caller, id);
    await client.query({ name, text, values: [id, caller.person] });
    return viewOf(await findBulk(client, unit, caller, id));
  });
}

/** The newest bulk changes of the person. */
export async function listBulks(unit: UnitRuntime, caller: StaffCaller): Promise<BulkView[]> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const values = [forces, caller.person, KEPT];
    const { rows } = await client.query<BulkRow>({ name: 'list-bulks', text: LIST_BULKS, values });
    return rows.map(viewOf);
  });
}

export async function readBulk(unit: UnitRuntime, caller: StaffCaller, id: string): Promise<BulkView> {
  return unit.database.transaction(unit.forcesOf(caller), async (client) =>
    viewOf(await findBulk(client, unit, caller, id)),
  );
}

/** A page of the results, in the order of work. `refused` lists only the refused ones, or only the others. */
export async function listBulkItems(
  unit: UnitRuntime,
  caller: StaffCaller,
  id: string,
  { after, refused, limit }: { readonly after: number; readonly refused?: boolean; readonly limit: number },
): Promise<{ readonly items: readonly BulkItemView[]; readonly next?: number }> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    await findBulk(client, unit, caller, id);
    const { rows } = await client.query<Omit<BulkItemView, 'outcome'> & { readonly status: number | null }>({
      name: 'list-bulk-items',
      text: LIST_ITEMS,
      values: [forces, id, after, refused ?? null, limit + 1],
    });
    const items = rows
      .slice(0, limit)
      .map(({ status, ...item }) => ({ ...item, outcome: outcomeOf(status) }));
    return { items, ...(rows.length > limit && { next: items.at(-1)?.place ?? after }) };
  });
}

/** The same refusal for a bulk change of another person and for one that does not exist. */
async function findBulk(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  id: string,
): Promise<BulkRow> {
  const values = [unit.forcesOf(caller), id, caller.person];
  const { rows } = await client.query<BulkRow>({ name: 'find-bulk', text: FIND_BULK, values });
  const [bulk] = rows;
  if (!bulk)
    throw new Refusal(
      'not-found',
      'You have no such bulk change. The newest twenty of each person are kept.',
    );
  return bulk;
}

function viewOf({ preparedAt, startedAt, stoppedAt, finishedAt, ...bulk }: BulkRow): BulkView {
  const state = stoppedAt ? 'stopped' : finishedAt ? 'finished' : startedAt ? 'running' : 'prepared';
  return {
    ...bulk,
    state,
    preparedAt: preparedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

function outcomeOf(status: number | null): BulkItemView['outcome'] {
  if (status === null) return 'pending';
  return status === 200 ? 'done' : 'refused';
}
