import type { EventSeen, RequestSeen } from '../outside/force-side.ts';
import type { Counts } from '#client';

export type Door = 'rest' | 'kafka';

/** One submission as its sender knows it: its content, and the promise that the sender got in return. */
export interface Entry {
  readonly force: string;
  readonly unit: string;
  readonly type: string;
  readonly reference: string;
  readonly door: Door;
  readonly recordedAt: number;
  /** The time of the promise that it is stored: a 2xx, or the broker's acknowledgement. */
  acknowledgedAt?: number;
  /** The request id in a 2xx answer. */
  requestId?: string;
  /** The problem, when the submission was refused finally. */
  refused?: string;
}

/** Everything that one force sees at the end: over REST, in its feed and on its topic. */
export interface ForceEvidence {
  readonly list: readonly RequestSeen[];
  readonly feed: readonly EventSeen[];
  readonly topic: readonly EventSeen[];
}

export interface Evidence {
  readonly byForce: Readonly<Record<string, ForceEvidence>>;
  /** The counts of each unit for each force since the journal began. */
  readonly countsByUnit: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

/** Each list holds a sentence for every finding. Empty lists mean that every promise was kept. */
export interface Verdict {
  readonly ok: number;
  readonly lost: string[];
  readonly unexpected: string[];
  readonly duplicate: string[];
  readonly outOfOrder: string[];
  readonly leaked: string[];
  readonly uncounted: string[];
  /**
   * Repeated messages with the same id on a topic. They are allowed after a crash, because readers drop them.
   */
  readonly resent: number;
}

const FINAL_EVENTS = [
  'concordat.request-answered.v1',
  'concordat.request-declined.v1',
  'concordat.request-withdrawn.v1',
];
const REOPENED_EVENT = 'concordat.request-reopened.v1';
const QUEUED_EVENT = 'concordat.request-queued.v1';
const FINAL_STATES = ['answered', 'declined', 'withdrawn'];

/** The record of everything that was sent, kept outside the system under test. */
export class Journal {
  private readonly entries = new Map<string, Entry>();

  get size(): number {
    return this.entries.size;
  }

  record(entry: Omit<Entry, 'recordedAt'>): Entry {
    if (this.entries.has(entry.reference))
      throw new Error(`the journal already has the reference ${entry.reference}`);
    const kept = { ...entry, recordedAt: Date.now() };
    this.entries.set(entry.reference, kept);
    return kept;
  }

  all(): Entry[] {
    return [...this.entries.values()];
  }

  acknowledged(): Entry[] {
    return this.all().filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
  }

  /** The number of acknowledged submissions through this door that began after that moment. */
  acknowledgedCount(door: Door, since: number): number {
    return this.acknowledged().filter((entry) => entry.door === door && entry.recordedAt > since).length;
  }

  /** Compares the evidence with the record: what is missing, unexpected, duplicate or out of order. */
  judge({ byForce, countsByUnit }: Evidence): Verdict {
    const verdict = {
      ok: 0,
      lost: [],
      unexpected: [],
      duplicate: [],
      outOfOrder: [],
      leaked: [],
      uncounted: [],
      resent: 0,
    } as {
      -readonly [Key in keyof Verdict]: Verdict[Key];
    };
    const ownerOfId = new Map<string, string>();
    for (const [force, { list }] of Object.entries(byForce)) {
      for (const { id, reference } of list)
        if (this.entries.get(reference)?.force === force) ownerOfId.set(id, force);
    }
    const found = new Map<string, number>();
    for (const [force, evidence] of Object.entries(byForce))
      this.judgeForce(force, evidence, ownerOfId, verdict, found);
    for (const { force, unit } of this.all())
      found.set(`${unit} ${force}`, found.get(`${unit} ${force}`) ?? 0);
    for (const [place, expected] of found) {
      const [unit = '', force = ''] = place.split(' ');
      verdict.uncounted.push(...checkCounts(place, expected, countsByUnit[unit]?.[force] ?? {}));
    }
    return verdict;
  }

  private judgeForce(
    force: string,
    { list, feed, topic }: ForceEvidence,
    ownerOfId: ReadonlyMap<string, string>,
    verdict: { -readonly [Key in keyof Verdict]: Verdict[Key] },
    found: Map<string, number>,
  ): void {
    const byReference = groupBy(list, ({ reference }) => reference);
    const feedOf = groupBy(feed, ({ requestId }) => requestId ?? '');
    const topicOf = groupBy(topic, ({ requestId }) => requestId ?? '');
    for (const [reference, requests] of byReference) {
      const entry = this.entries.get(reference);
      if (!entry) continue;
      if (entry.force !== force)
        verdict.leaked.push(`${force} lists ${reference}, which is ${entry.force}'s`);
      else if (entry.refused !== undefined)
        verdict.unexpected.push(`${reference} was refused (${entry.refused}) but exists`);
      else found.set(`${entry.unit} ${force}`, (found.get(`${entry.unit} ${force}`) ?? 0) + requests.length);
    }
    for (const [kind, events] of [['feed', feed] as const, ['topic', topic] as const]) {
      for (const { requestId, owningForce } of events) {
        const owner = ownerOfId.get(requestId ?? '') ?? force;
        if (owner !== force)
          verdict.leaked.push(`the ${kind} of ${force} mentions ${String(requestId)}, which is ${owner}'s`);
        if (owningForce !== undefined && owningForce !== force)
          verdict.leaked.push(`the ${kind} of ${force} has an event of ${owningForce}`);
      }
    }
    for (const entry of this.all()) {
      if (entry.force !== force || entry.refused !== undefined) continue;
      const requests = byReference.get(entry.reference) ?? [];
      const name = `${entry.reference} (${entry.door}, ${entry.unit})`;
      if (requests.length === 0) {
        if (entry.acknowledgedAt !== undefined) verdict.lost.push(`${name} was acknowledged but is missing`);
        continue;
      }
      const faults = verdict.lost.length + verdict.duplicate.length + verdict.outOfOrder.length;
      if (requests.length > 1) verdict.duplicate.push(`${name} exists ${requests.length} times`);
      const [request] = requests as [RequestSeen];
      if (entry.requestId !== undefined && entry.requestId !== request.id)
        verdict.unexpected.push(
          `${name} was acknowledged as ${entry.requestId} but has the id ${request.id}`,
        );
      if (!FINAL_STATES.includes(request.state)) verdict.lost.push(`${name} is still ${request.state}`);
      const inFeed = feedOf.get(request.id) ?? [];
      const published = dropRepeats(topicOf.get(request.id) ?? []);
      verdict.resent += (topicOf.get(request.id) ?? []).length - published.length;
      for (const [kind, events] of [['feed', inFeed] as const, ['topic', published] as const]) {
        expectEvents(1, events, [QUEUED_EVENT], `${kind}: ${name} queued`, verdict);
        // Each time its force reopens a request, the request is finished once more.
        const reopened = events.filter(({ type }) => type === REOPENED_EVENT).length;
        expectEvents(1 + reopened, events, FINAL_EVENTS, `${kind}: ${name} answered`, verdict);
        const sequences = events
          .map(({ data }) => Number(data['sequence']))
          .filter((sequence) => !Number.isNaN(sequence));
        if (sequences.some((sequence, place) => place > 0 && sequence <= (sequences[place - 1] as number)))
          verdict.outOfOrder.push(`${kind}: ${name} has the sequence ${sequences.join(' ')}`);
      }
      if (faults === verdict.lost.length + verdict.duplicate.length + verdict.outOfOrder.length)
        verdict.ok += 1;
    }
  }
}

/** Adds a finding when the number of events of these types differs from the expected number. */
function expectEvents(
  expected: number,
  events: readonly EventSeen[],
  types: readonly string[],
  what: string,
  verdict: Verdict,
): void {
  const count = events.filter(({ type }) => types.includes(type)).length;
  if (count < expected)
    verdict.lost.push(`${what}: ${count === 0 ? 'no event' : `${count} of ${expected} events`}`);
  if (count > expected) verdict.duplicate.push(`${what}: ${count} events`);
}

/** Checks that accepted = arrived = open + answered + declined, and that there are no dead letters. */
function checkCounts(place: string, expected: number, counts: Counts): string[] {
  const { arrived = 0, deadLettered = 0, ...states } = counts;
  const inStates = Object.values(states).reduce((sum, count) => sum + count, 0);
  return [
    ...(arrived === expected ? [] : [`${place}: ${expected} accepted, ${arrived} arrived`]),
    ...(inStates === arrived ? [] : [`${place}: ${arrived} arrived, ${inStates} open, answered or declined`]),
    ...(deadLettered === 0 ? [] : [`${place}: ${deadLettered} dead letters`]),
  ];
}

function dropRepeats(events: readonly EventSeen[]): EventSeen[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
