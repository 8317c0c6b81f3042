import { Refusal } from '#contracts';
import { parseCivilDay, startOfLondonDay } from '#kernel';
import { recordAccess, type PoolClient } from '#persistence';
import type { StaffCaller } from '#web';
import type { ListedRow } from '../task-row.ts';
import { listedTask, type ListedTask } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import {
  COUNT_CHECKS,
  drawSql,
  FIND_CHECKS,
  listChecksSql,
  LOCK_CHECK,
  RECORD_OUTCOME,
  type CheckList,
} from './quality-checks.sql.ts';

export const OUTCOMES = ['sound', 'sound-with-remarks', 'not-sound'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The largest sample of one draw. */
export const DRAW_MAX = 50;
/** The longest period of a draw. Every request that was decided in it is read. */
export const PERIOD_DAYS_MAX = 92;

export interface WantedDraw {
  readonly count: number;
  /** The first and the last day in London. */
  readonly from: string;
  readonly to: string;
  readonly type?: string | undefined;
  readonly force?: string | undefined;
}

/** A decided request that was drawn, and what a supervisor found. */
export interface QualityCheck {
  readonly id: string;
  readonly request: ListedTask;
  readonly drawnBy: string;
  readonly drawnAt: string;
  /** Null until it is recorded. */
  readonly outcome: Outcome | null;
  readonly remark: string | null;
  readonly recordedBy: string | null;
  readonly recordedAt: string | null;
  /** True if the caller may record the outcome. */
  readonly mayRecord: boolean;
}

export interface ChecksView {
  readonly items: readonly QualityCheck[];
  readonly counts: Readonly<Record<Outcome | 'open', number>>;
  /** True if the list has more. */
  readonly more: boolean;
}

interface CheckRow extends ListedRow {
  readonly checkId: string;
  readonly drawnBy: string;
  readonly drawnAt: Date;
  readonly outcome: Outcome | null;
  readonly remark: string | null;
  readonly recordedBy: string | null;
  readonly recordedAt: Date | null;
  readonly decidedByCaller: boolean;
}

/**
 * Draws decided requests at random: never one that was drawn before, and never one that the caller decided.
 * There may be fewer than asked for.
 */
export async function drawChecks(
  unit: UnitRuntime,
  caller: StaffCaller,
  { count, from, to, type, force }: WantedDraw,
): Promise<readonly QualityCheck[]> {
  const [first, last] = [parseCivilDay(from), parseCivilDay(to)];
  if (first === null || last === null || last < first || last - first >= PERIOD_DAYS_MAX)
    throw invalid(
      '/to',
      'period',
      `The last day must be the first day or later, and the period at most ${PERIOD_DAYS_MAX} days.`,
    );
  const seen = unit.forcesOf(caller);
  const forces = force === undefined ? seen : seen.filter((slug) => slug === force);
  const period = [startOfLondonDay(first), startOfLondonDay(last + 1)].map((moment) => new Date(moment));
  return unit.database.transaction(seen, async (client) => {
    const values = [forces, caller.person, ...period, type ?? null];
    const { rows } = await client.query<{ id: string }>(drawSql(count), values);
    const drawn = await findChecks(
      client,
      seen,
      caller,
      rows.map(({ id }) => id),
    );
    return drawn.map((row) => checkView(unit, caller, row));
  });
}

/** Lists checks with the numbers of all of them. A remark about a law-enforcement record is read with it. */
export async function listChecks(
  unit: UnitRuntime,
  caller: StaffCaller,
  { list, limit }: { readonly list: CheckList; readonly limit: number },
): Promise<ChecksView> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const [found, counted] = await Promise.all([
      client.query<CheckRow>(listChecksSql(list, limit), [forces, caller.person]),
      client.query<{ outcome: Outcome | null; n: number }>({
        name: 'count-checks',
        text: COUNT_CHECKS,
        values: [forces],
      }),
    ]);
    const page = found.rows.slice(0, limit);
    await logConsultations(
      client,
      unit,
      caller,
      page.filter(({ remark }) => remark !== null),
    );
    const counts = { open: 0, sound: 0, 'sound-with-remarks': 0, 'not-sound': 0 };
    for (const { outcome, n } of counted.rows) counts[outcome ?? 'open'] = n;
    return {
      items: page.map((row) => checkView(unit, caller, row)),
      counts,
      more: found.rows.length > limit,
    };
  });
}

/** Records the outcome of a check, once. */
export async function recordOutcome(
  unit: UnitRuntime,
  caller: StaffCaller,
  id: string,
  { outcome, remark }: { readonly outcome: Outcome; readonly remark?: string | undefined },
): Promise<QualityCheck> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    await client.query({ name: 'lock-check', text: LOCK_CHECK, values: [forces, id] });
    const [check] = await findChecks(client, forces, caller, [id]);
    if (!check) throw unknownCheck();
    if (check.outcome !== null)
      throw new Refusal(
        'not-in-this-state',
        'The outcome of this check is recorded already, and is recorded once.',
      );
    if (check.decidedByCaller)
      throw new Refusal(
        'not-allowed',
        'You decided this request, so another supervisor records the outcome.',
      );
    if (outcome !== 'sound' && remark === undefined)
      throw invalid('/remark', 'required', 'remark is required unless the outcome is sound.');
    const values = [forces, id, outcome, remark ?? null, caller.person];
    await client.query({ name: 'record-outcome', text: RECORD_OUTCOME, values });
    await logConsultations(client, unit, caller, [check]);
    const [recorded] = await findChecks(client, forces, caller, [id]);
    if (!recorded) throw unknownCheck();
    return checkView(unit, caller, recorded);
  });
}

/** The same refusal for a check of another force and for one that does not exist. */
export function unknownCheck(): Refusal {
  return new Refusal('not-found', 'There is no such check of a force that you may see.');
}

function invalid(pointer: string, code: string, detail: string): Refusal {
  return new Refusal('invalid-request', detail, { errors: [{ pointer, code, detail }] });
}

async function findChecks(
  client: PoolClient,
  forces: readonly string[],
  { person }: StaffCaller,
  ids: readonly string[],
): Promise<CheckRow[]> {
  const values = [forces, person, ids];
  const { rows } = await client.query<CheckRow>({ name: 'find-checks', text: FIND_CHECKS, values });
  return rows;
}

/** A person who judges a law-enforcement record, or reads what was found in it, consults the record. */
async function logConsultations(
  client: PoolClient,
  unit: UnitRuntime,
  { person }: StaffCaller,
  checks: readonly CheckRow[],
): Promise<void> {
  await recordAccess(
    client,
    checks
      .filter((check) => unit.typeOf(check).type.lawEnforcement)
      .map(({ force, id }) => ({
        owningForce: force,
        person,
        service: unit.definition.slug,
        operation: 'consultation',
        requestId: id,
        reason: 'quality-check',
      })),
  );
}

function checkView(unit: UnitRuntime, caller: StaffCaller, row: CheckRow): QualityCheck {
  const { checkId, drawnBy, drawnAt, outcome, remark, recordedBy, recordedAt, decidedByCaller } = row;
  return {
    id: checkId,
    request: listedTask(unit, row),
    drawnBy,
    drawnAt: drawnAt.toISOString(),
    outcome,
    remark,
    recordedBy,
    recordedAt: recordedAt?.toISOString() ?? null,
    mayRecord: caller.role === 'supervisor' && outcome === null && !decidedByCaller,
  };
}
