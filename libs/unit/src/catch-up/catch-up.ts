import {
  expectMessage,
  forceEventsTopic,
  refuseUnpublishable,
  TOPIC_FAMILIES,
  type Envelope,
  type RequestChanged,
  type UnitKeys,
} from '#contracts';
import { isUuid, newId } from '#kernel';
import { readDelivery, type Delivery, type ReceivedMessage } from '#messaging';
import { appendEvents, recordAccess, takeIn, type LoggedEvent, type PoolClient } from '#persistence';
import {
  evolve,
  FINAL_STATES,
  INITIAL_STATE,
  nextDue,
  reopenClocks,
  type ClockState,
  type State,
} from '#requests';
import { takeSubmissions } from '../arrive/arrive-batch.ts';
import { readBatch } from '../arrive/read-batch.ts';
import { NO_REFERENCE } from '../arrive/untaken-requests.ts';
import { changedOf } from '../change-request/write-change.ts';
import { arrivedRequests, lockTasks, type TaskRow } from '../task-row.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { COUNT_BEHIND_REFERENCE, NOT_IN_THE_LOG, WRITE_CAUGHT_UP } from './catch-up.sql.ts';

/** What was done, and what is left for people. References are the unit's own. */
export interface CaughtUp {
  /** Requests that were lost and are here again. */
  readonly arrived: number;
  /** Requests, these included, that stand again where their force was told that they stand. */
  readonly moved: number;
  /** Among those: who had them in hand is not known any more, so they wait for anybody. */
  readonly backInQueue: readonly string[];
  /** Answered, and the unit keeps records of its own of such answers that it cannot write again: those are lost. */
  readonly recordsToCheck: readonly string[];
  /** Ids of requests that a force was told of and whose submission no topic holds any more. */
  readonly unknown: readonly string[];
}

type Told = Envelope<RequestChanged>;

const PERSON = 'catch-up';
const TOLD_TYPES = TOPIC_FAMILIES.find(({ family }) => family === 'force-events')?.messages ?? [];
const SHORT_REFERENCE = /^(?<prefix>[A-Z]{3})-(?<year>\d{2})-(?<serial>\d{6,9})$/;

/**
 * Brings a database that was restored to an earlier moment up to what the unit had told its forces, out of the topics: no force
 * is told twice, and nothing that it was told is taken back. First all that was told, then all that was submitted, then `finish`.
 * Again, it changes nothing.
 */
export class CatchUp {
  /** By force and request, in the order of the topic: what the unit's log does not have. Bounded by what was lost. */
  private readonly told = new Map<
    string,
    { readonly force: string; readonly id: string; readonly changes: Told[] }
  >();
  private arrived = 0;

  /** What the topics hold in the unit's name counts if the unit signed it. */
  constructor(
    private readonly unit: UnitRuntime,
    private readonly keys: UnitKeys,
  ) {}

  /** A batch of a force's events topic. */
  async noteTold(force: string, messages: readonly ReceivedMessage[]): Promise<void> {
    const { slug } = this.unit.definition;
    const ours: Told[] = [];
    for (const { envelope, message } of readable(messages)) {
      if (envelope.source !== this.unit.source || !this.keys.prove(slug, message)) continue;
      ours.push(...toldBy(envelope));
    }
    if (ours.length === 0) return;
    const missing = await this.unit.database.transaction([force], async (client) => {
      const { rows } = await client.query<{ id: string }>({
        name: 'not-in-the-log',
        text: NOT_IN_THE_LOG,
        values: [force, ours.map(({ id }) => id)],
      });
      return new Set(rows.map(({ id }) => id));
    });
    for (const change of ours) {
      if (!missing.has(change.id)) continue;
      const { requestId } = change.value;
      const known = this.told.get(keyOf(force, requestId)) ?? { force, id: requestId, changes: [] };
      this.told.set(keyOf(force, requestId), known);
      if (!known.changes.some(({ id }) => id === change.id)) known.changes.push(change);
    }
  }

  /** A batch of the unit's own topic: what was told of as arrived arrives as it was told; all else is for the consumer. */
  async takeSubmitted(messages: readonly ReceivedMessage[]): Promise<void> {
    const { submissions, fromForce } = readBatch(this.unit, readable(messages));
    for (const submission of submissions) {
      const { force, value } = submission;
      const queued = this.told
        .get(keyOf(force, value.requestId))
        ?.changes.find(({ value: { sequence } }) => sequence === 1);
      if (!queued) continue;
      const numbers = {
        now: new Date(queued.value.at),
        referenceOf: () => queued.value.unitReference,
        toldAs: queued.id,
      };
      const stored = await this.unit.database.transaction([force], (client) =>
        takeSubmissions(client, this.unit, [submission], numbers),
      );
      this.arrived += stored.size;
    }
    for (const received of fromForce) {
      if (received.kind !== 'withdraw') continue;
      const { force, value, messageId, contentHash } = received;
      const settled = this.told
        .get(keyOf(force, value.requestId))
        ?.changes.some((change) => change.value.changeId === value.changeId);
      if (!settled) continue;
      await this.unit.database.transaction([force], (client) =>
        takeIn(client, [{ owningForce: force, messageId, contentHash }]),
      );
    }
  }

  async finish(): Promise<CaughtUp> {
    await this.countBehindReferences();
    const report = {
      arrived: this.arrived,
      moved: 0,
      backInQueue: [] as string[],
      recordsToCheck: [] as string[],
      unknown: [] as string[],
    };
    // In the order in which they were last told of: a record may be about what another request has recorded.
    const inOrder = [...this.told.values()].sort((a, b) => lastTold(a.changes) - lastTold(b.changes));
    for (const { force, id, changes } of inOrder) {
      const answer = changes.find(({ type }) => type === 'concordat.request-answered.v1')?.value.answer;
      const moved = await this.unit.database.transaction([force], async (client) => {
        const [task] = await lockTasks(client, [force], [id]);
        if (!task) return undefined;
        await appendEvents(client, changes.map(logged(force)));
        const recorded = answer === undefined || (await this.recordAnswer(client, task, answer));
        return { ...(await this.move(client, task, changes)), recorded };
      });
      if (!moved) {
        report.unknown.push(id);
        continue;
      }
      report.moved += 1;
      if (moved.released) report.backInQueue.push(moved.unitReference);
      if (!moved.recorded) report.recordsToCheck.push(moved.unitReference);
    }
    return report;
  }

  /** Step by step as it was told, so that the clocks stood when they stood. */
  private async move(
    client: PoolClient,
    before: TaskRow,
    changes: readonly Told[],
  ): Promise<{ readonly unitReference: string; readonly released: boolean }> {
    const terms = this.unit.termsOf(before);
    let task: TaskRow = { ...before, assignee: null, proposer: null };
    for (const { type, value } of changes.toSorted((a, b) => a.value.sequence - b.value.sequence)) {
      if (value.sequence <= task.version) continue;
      const at = new Date(value.at);
      const { sequence: version, question, reason, milestone } = value;
      const clocks = await this.clocksAnew(client, task, type, at);
      const change = { to: value.state as State, at, version, question, reason, milestone, clocks };
      task = { ...task, ...evolve(task, change, terms), updatedAt: at };
    }
    if (task.version === before.version) return { unitReference: task.unitReference, released: false };
    const released = task.state !== INITIAL_STATE && !FINAL_STATES.includes(task.state);
    if (released) {
      const life = evolve(task, { to: INITIAL_STATE, at: task.at }, terms);
      task = { ...task, ...life, updatedAt: task.at };
      await appendEvents(client, [this.releasedEvent(task)]);
    }
    await client.query({
      name: 'catch-up-task',
      text: WRITE_CAUGHT_UP,
      values: [
        task.force,
        task.id,
        task.state,
        nextDue(task.clocks),
        JSON.stringify(task.clocks),
        task.reason,
        task.version,
        task.updatedAt,
      ],
    });
    const entry = {
      owningForce: task.force,
      person: PERSON,
      service: this.unit.definition.slug,
      requestId: task.id,
    };
    await recordAccess(client, [
      { ...entry, operation: 'alteration', reason: 'after a restore, as the force was told' },
    ]);
    return { unitReference: task.unitReference, released };
  }

  /** The clocks that a reopening started anew, as its type says; undefined for any other change. */
  private async clocksAnew(
    client: PoolClient,
    task: TaskRow,
    event: string,
    at: Date,
  ): Promise<readonly ClockState[] | undefined> {
    const { type } = this.unit.typeOf(task);
    if (event !== 'concordat.request-reopened.v1' || !type.reopening) return undefined;
    const [{ payload }] = (await arrivedRequests(client, [task])) as [ArrivedRequest];
    return reopenClocks(type.clocks, type.reopening, payload, at, this.unit.calendar);
  }

  private async recordAnswer(
    client: PoolClient,
    task: TaskRow,
    answer: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const [request] = (await arrivedRequests(client, [task])) as [ArrivedRequest];
    return this.unit.records.onCaughtUp(client, { request, answer });
  }

  private releasedEvent(task: TaskRow): LoggedEvent {
    const data = changedOf(this.unit, task, {});
    refuseUnpublishable('concordat.request-released.v1', data);
    return {
      owningForce: task.force,
      eventId: newId(),
      requestId: task.id,
      type: 'concordat.request-released.v1',
      time: task.at.toISOString(),
      traceparent: task.traceparent,
      topic: forceEventsTopic(task.force),
      key: task.id,
      source: this.unit.source,
      data,
    };
  }

  /** No short reference that a force was told of is given to another request. */
  private async countBehindReferences(): Promise<void> {
    const last = new Map<string, number>();
    for (const { changes } of this.told.values()) {
      for (const { value } of changes) {
        const { prefix, year, serial } = SHORT_REFERENCE.exec(value.unitReference)?.groups ?? {};
        if (prefix !== this.unit.definition.referencePrefix || year === undefined) continue;
        last.set(year, Math.max(last.get(year) ?? 0, Number(serial)));
      }
    }
    await this.unit.database.transaction([], async (client) => {
      for (const [year, serial] of last) {
        const { referencePrefix } = this.unit.definition;
        await client.query(COUNT_BEHIND_REFERENCE, [referencePrefix, year, serial]);
      }
    });
  }
}

const keyOf = (force: string, requestId: string): string => `${force} ${requestId}`;

const lastTold = (changes: readonly Told[]): number =>
  Math.max(...changes.map(({ value }) => Date.parse(value.at)));

/** As the force was told; published it was already. */
const logged =
  (force: string) =>
  ({ id, type, time, traceparent, source, value }: Told): LoggedEvent => ({
    ...{
      owningForce: force,
      eventId: id,
      requestId: value.requestId,
      type,
      time,
      traceparent: traceparent ?? null,
    },
    ...{ topic: null, key: null, source, data: value },
  });

/** None for what no unit of ours would have told, or was about a request that it never took. */
function toldBy(envelope: Envelope): Told[] {
  try {
    const told = expectMessage(envelope, TOLD_TYPES) as unknown as Told;
    return isUuid(envelope.id) && told.value.unitReference !== NO_REFERENCE ? [told] : [];
  } catch {
    return [];
  }
}

/** What cannot be read is the consumer's to refuse. */
function readable(messages: readonly ReceivedMessage[]): Delivery[] {
  return messages.flatMap((message) => {
    try {
      return [readDelivery(message)];
    } catch {
      return [];
    }
  });
}
