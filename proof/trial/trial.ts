import type { Counts } from '#client';
import { eventually } from '#testing';
import { loadUnitDefinitions } from '#unit';
import { findLeaks } from '../outside/across-forces.ts';
import type { ForceSide, RequestSeen } from '../outside/force-side.ts';
import { Journal, type Door, type ForceEvidence, type Verdict } from './journal.ts';
import { AutomaticStaff, Load, type LoadType } from './load.ts';
import type { Random } from './random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { StaffSide } from '../outside/staff-side.ts';

/** One request type of each unit. Together they cover decisions by one and two people, and all records. */
const LOAD_TYPES = ['vehicle-repair', 'fault-repair', 'advice', 'certificate-grant', 'crime-report'];
/** This rate leaves two processor cores enough time for the recovery itself. */
const PER_SECOND = 20;
/** A consumer group notices a killed member after its session of 30 s, and its partitions wait that long. */
const SERVED_WITHIN_MS = 120_000;
/** If no request is answered for this long, the rest is lost. A slow machine may take longer in total. */
const STALLED_MS = 90_000;
const SETTLES_WITHIN_MS = 240_000;

type CountsByUnit = Readonly<Record<string, Readonly<Record<string, Counts>>>>;

/**
 * Load over REST and Kafka, with staff in every unit. A fault happens meanwhile; then the journal is judged.
 */
export class Trial {
  readonly journal = new Journal();
  readonly load: Load;
  /** A moment just before the first submission. */
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
    for (const side of sides) feedEnds.set(side.force, await side.readFeedEnd());
    const before = { feedEnds, counts: await countsOf(system) };
    return new Trial(system, sides, new AutomaticStaff(system, types).start(), before, {
      types,
      random,
      prefix,
    });
  }

  /** Waits until this many more submissions have been acknowledged. */
  async untilAcknowledged(more: number): Promise<void> {
    const wanted = this.journal.acknowledged().length + more;
    await eventually(() => this.journal.acknowledged().length >= wanted, {
      withinMs: 60_000,
      says: `${more} more acknowledged submissions`,
    });
  }

  /**
   * Waits until REST and Kafka have acknowledged a submission after that moment, and every service is ready.
   */
  async untilServed(since: number): Promise<void> {
    const served = (door: Door): boolean =>
      this.journal.acknowledged().some((entry) => entry.door === door && entry.recordedAt >= since);
    const servedBy = (door: Door): Promise<unknown> =>
      eventually(() => served(door), {
        withinMs: SERVED_WITHIN_MS,
        says: `the next acknowledgement over ${door}`,
      });
    await Promise.all([servedBy('rest'), servedBy('kafka')]);
    await this.system.untilReady();
  }

  /** Stops the load, waits for all answers, and compares what forces and units see with the journal. */
  async finish(): Promise<Verdict> {
    await this.load.stop();
    let [left, progressAt] = [Infinity, Date.now()];
    const settled = async (): Promise<boolean> => {
      const lists = await this.readLists();
      const states = new Map(
        lists.flatMap(([, list]) => list.map(({ reference, state }) => [reference, state] as const)),
      );
      const open = this.journal
        .acknowledged()
        .filter(({ reference }) => states.get(reference) !== 'answered').length;
      if (open < left) [left, progressAt] = [open, Date.now()];
      return open === 0 || Date.now() - progressAt > STALLED_MS;
    };
    // The journal names the requests that are still open afterwards.
    await eventually(settled, { withinMs: SETTLES_WITHIN_MS, everyMs: 500 }).catch(() => undefined);
    await this.staff.stop();
    // The lists are read again now, because a request that changed between two pages could be on both.
    const byForce: Record<string, ForceEvidence> = Object.fromEntries(
      (await this.readLists()).map(([force, list]) => [force, { list, feed: [], topic: [] }]),
    );
    for (const side of this.sides) {
      const feed = await side.readFeed(this.before.feedEnds.get(side.force));
      const ours = new Set(byForce[side.force]?.list.map(({ id }) => id));
      const others = new Set(
        Object.entries(byForce).flatMap(([force, { list }]) =>
          force === side.force ? [] : list.map(({ id }) => id),
        ),
      );
      // The topic also holds events of earlier trials, whose requests are not in any list here.
      const topic = (await side.readEventsTopic()).filter(
        ({ requestId }) => ours.has(requestId ?? '') || others.has(requestId ?? ''),
      );
      byForce[side.force] = { list: byForce[side.force]?.list ?? [], feed, topic };
    }
    const countsByUnit = subtractCounts(await countsOf(this.system), this.before.counts);
    const verdict = this.journal.judge({ byForce, countsByUnit });
    const lists = new Map(Object.entries(byForce).map(([force, { list }]) => [force, list]));
    verdict.leaked.push(...(await findLeaks(this.system, this.sides, lists)));
    if (verdict.lost.length > 0 && this.staff.lastRefusal !== '')
      verdict.lost.push(`the newest refusal of a staff command: ${this.staff.lastRefusal}`);
    return verdict;
  }

  /** Lists each force's requests that changed since the trial began. */
  private readLists(): Promise<(readonly [force: string, list: RequestSeen[]])[]> {
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

function subtractCounts(after: CountsByUnit, before: CountsByUnit): CountsByUnit {
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
