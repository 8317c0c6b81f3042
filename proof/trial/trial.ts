import type { Counts } from '#client';
import { eventually } from '#testing';
import { loadUnitDefinitions } from '#unit';
import { shownAcrossForces } from '../outside/across-forces.ts';
import type { ForceSide, RequestSeen } from '../outside/force-side.ts';
import { Journal, type Door, type ForceEvidence, type Verdict } from './journal.ts';
import { AutomaticStaff, Load, type LoadType } from './load.ts';
import type { Random } from './random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { StaffSide } from '../outside/staff-side.ts';

/** One kind of work for each unit: together they are decided by one person and by two, with records of every sort. */
const LOAD_TYPES = ['vehicle-repair', 'fault-repair', 'advice', 'certificate-grant', 'crime-report'];
/** Gentle enough that two cores have room for the recovery itself. */
const PER_SECOND = 20;
/** A member of a consumer group that was killed is missed after its session of 30 s, and its partitions wait that long. */
const SERVED_WITHIN_MS = 120_000;
/** What is answered later than this after the one before will not be; as long as staff get on, a slow machine is waited for. */
const STANDS_STILL_MS = 90_000;
const SETTLES_WITHIN_MS = 240_000;

type CountsByUnit = Readonly<Record<string, Readonly<Record<string, Counts>>>>;

/** Load by both doors and staff in every unit, a fault in the midst of it, and then the reckoning. */
export class Trial {
  readonly journal = new Journal();
  readonly load: Load;
  /** Just before the first submission. */
  readonly startedAt = new Date(Date.now() - 1_000).toISOString();

  private constructor(
    private readonly system: RunningSystem,
    private readonly sides: readonly ForceSide[],
    private readonly staff: AutomaticStaff,
    private readonly before: {
      readonly feedEnds: ReadonlyMap<string, string>;
      readonly counts: CountsByUnit;
    },
    options: { readonly types: readonly LoadType[]; readonly random: Random; readonly prefix: string },
  ) {
    this.load = new Load({ ...options, sides, journal: this.journal, perSecond: PER_SECOND }).start();
  }

  static async begin(
    system: RunningSystem,
    sides: readonly ForceSide[],
    random: Random,
    prefix: string,
  ): Promise<Trial> {
    const types = await loadTypes(system);
    const feedEnds = new Map<string, string>();
    for (const side of sides) feedEnds.set(side.force, await side.feedEnd());
    const before = { feedEnds, counts: await countsOf(system) };
    return new Trial(system, sides, new AutomaticStaff(system, types).start(), before, {
      types,
      random,
      prefix,
    });
  }

  /** Waits until so many more have been acknowledged. */
  async untilAcknowledged(more: number): Promise<void> {
    const wanted = this.journal.acknowledged().length + more;
    await eventually(() => this.journal.acknowledged().length >= wanted, {
      withinMs: 60_000,
      says: `${more} more acknowledged submissions`,
    });
  }

  /** Waits until both doors have acknowledged something that was meant after that moment, and every service is ready. */
  async untilServed(since: number): Promise<void> {
    const served = (door: Door): boolean =>
      this.journal.acknowledged().some((entry) => entry.door === door && entry.meantAt >= since);
    const servedBy = (door: Door): Promise<unknown> =>
      eventually(() => served(door), {
        withinMs: SERVED_WITHIN_MS,
        says: `the door ${door} to take something again`,
      });
    await Promise.all([servedBy('rest'), servedBy('kafka')]);
    await this.system.untilReady();
  }

  /** Ends the load, waits until everything is answered, and reads back what every force sees and every unit counts. */
  async reckon(): Promise<Verdict> {
    await this.load.stop();
    let [left, movedAt] = [Infinity, Date.now()];
    const settled = async (): Promise<boolean> => {
      const lists = await this.lists();
      const states = new Map(
        lists.flatMap(([, list]) => list.map(({ reference, state }) => [reference, state] as const)),
      );
      const open = this.journal
        .acknowledged()
        .filter(({ reference }) => states.get(reference) !== 'answered').length;
      if (open < left) [left, movedAt] = [open, Date.now()];
      return open === 0 || Date.now() - movedAt > STANDS_STILL_MS;
    };
    // What does not settle is for the journal to name.
    await eventually(settled, { withinMs: SETTLES_WITHIN_MS, everyMs: 500 }).catch(() => undefined);
    await this.staff.stop();
    // Read once more when nothing moves: a request that changes between two pages is on both, once in each state.
    const byForce: Record<string, ForceEvidence> = Object.fromEntries(
      (await this.lists()).map(([force, list]) => [force, { list, feed: [], topic: [] }]),
    );
    for (const side of this.sides) {
      const feed = await side.feed(this.before.feedEnds.get(side.force));
      const ours = new Set(byForce[side.force]?.list.map(({ id }) => id));
      const others = new Set(
        Object.entries(byForce).flatMap(([force, { list }]) =>
          force === side.force ? [] : list.map(({ id }) => id),
        ),
      );
      // The topic holds earlier trials as well: those events are of requests that nobody here knows.
      const topic = (await side.topic()).filter(
        ({ requestId }) => ours.has(requestId ?? '') || others.has(requestId ?? ''),
      );
      byForce[side.force] = { list: byForce[side.force]?.list ?? [], feed, topic };
    }
    const countsByUnit = difference(await countsOf(this.system), this.before.counts);
    const verdict = this.journal.sortOut({ byForce, countsByUnit });
    const lists = new Map(Object.entries(byForce).map(([force, { list }]) => [force, list]));
    verdict.leaked.push(...(await shownAcrossForces(this.system, this.sides, lists)));
    if (verdict.lost.length > 0 && this.staff.lastFault !== '')
      verdict.lost.push(`staff were last refused: ${this.staff.lastFault}`);
    return verdict;
  }

  /** What each force lists of the requests that changed since the trial began. */
  private lists(): Promise<(readonly [force: string, list: RequestSeen[]])[]> {
    return Promise.all(
      this.sides.map(async (side) => [side.force, await side.list(this.startedAt)] as const),
    );
  }

  async end(): Promise<void> {
    await Promise.all([this.load.stop(), this.staff.stop()]);
  }
}

async function loadTypes(system: RunningSystem): Promise<LoadType[]> {
  const definitions = await loadUnitDefinitions(system.units);
  return definitions.flatMap(({ slug, requestTypes }) =>
    requestTypes.filter(({ name }) => LOAD_TYPES.includes(name)).map((type) => ({ unit: slug, type })),
  );
}

async function countsOf(system: RunningSystem): Promise<CountsByUnit> {
  return Object.fromEntries(
    await Promise.all(
      system.units.map(async (unit) => [unit, await new StaffSide(unit, system).counts()] as const),
    ),
  );
}

function difference(after: CountsByUnit, before: CountsByUnit): CountsByUnit {
  const minus = (counts: Counts, earlier: Counts = {}): Counts =>
    Object.fromEntries(Object.entries(counts).map(([what, count]) => [what, count - (earlier[what] ?? 0)]));
  return Object.fromEntries(
    Object.entries(after).map(([unit, byForce]) => [
      unit,
      Object.fromEntries(
        Object.entries(byForce).map(([force, counts]) => [force, minus(counts, before[unit]?.[force])]),
      ),
    ]),
  );
}
