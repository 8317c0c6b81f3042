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
import { appendEvents, recordAccess, type LoggedEvent, type PoolClient } from '#persistence';
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
import { addTerms } from '../search-requests/keep-terms.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { COUNT_BEHIND_REFERENCE, NOT_IN_THE_LOG, WRITE_CAUGHT_UP } from './catch-up.sql.ts';
import { keepSettledChange } from './settled-changes.ts';

/** The result of a catch-up, and the work that is left for people. References are the unit's own. */
export interface CatchUpReport {
  /** Number of requests that were lost and are stored again. */
  readonly arrived: number;
  /** Number of requests, these included, that are again in the state their force was notified of. */
  readonly moved: number;
  /** References of those that were assigned: the assignee is lost, so they are in the queue again. */
  readonly backInQueue: readonly string[];
  /** References of answered requests whose records in the unit are lost and cannot be written again. */
  readonly recordsToCheck: readonly string[];
  /** Ids of requests that a force was notified of and whose submission is on no topic any more. */
  readonly unknown: readonly string[];
}

type PublishedChange = Envelope<RequestChanged>;

const PERSON = 'catch-up';
const PUBLISHED_TYPES = TOPIC_FAMILIES.find(({ family }) => family === 'force-events')?.messages ?? [];
const SHORT_REFERENCE = /^(?<prefix>[A-Z]{3})-(?<year>\d{2})-(?<serial>\d{6,9})$/;

/**
 * Brings a database that was restored to an earlier moment to the state that the unit had published on the
 * topics. No force is notified twice, and nothing that was published is taken back. Call `notePublished` with
 * all events, then `takeSubmitted` with all submissions, then `finish`. A second catch-up changes nothing.
 */
export class CatchUp {
  /** The events that the unit's log lacks, by force and request, in the order of the topic. */
  private readonly published = new Map<
    string,
    { readonly force: string; readonly id: string; readonly changes: PublishedChange[] }
  >();
  private arrived = 0;

  /** Messages in the unit's name count only if the unit signed them. */
  constructor(
    private readonly unit: UnitRuntime,
    private readonly keys: UnitKeys,
  ) {}

  /** Notes a batch of a force's events topic. */
  async notePublished(force: string, messages: readonly ReceivedMessage[]): Promise<void> {
    const { slug } = this.unit.definition;
    const ours: PublishedChange[] = [];
    for (const { envelope, message } of readable(messages)) {
      if (envelope.source !== this.unit.source || !this.keys.prove(slug, message)) continue;
      ours.push(...publishedBy(envelope));
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
      const known = this.published.get(keyOf(force, requestId)) ?? { force, id: requestId, changes: [] };
      this.published.set(keyOf(force, requestId), known);
      if (!known.changes.some(({ id }) => id === change.id)) known.changes.push(change);
    }
  }

  /**
   * Stores a batch of the unit's own topic: only requests whose arrival was published, as it was published.
   * The consumer processes the others later.
   */
  async takeSubmitted(messages: readonly ReceivedMessage[]): Promise<void> {
    const { submissions, fromForce } = readBatch(this.unit, readable(messages));
    for (const submission of submissions) {
      const { force, value } = submission;
      const queued = this.published
        .get(keyOf(force, value.requestId))
        ?.changes.find(({ value: { sequence } }) => sequence === 1);
      if (!queued) continue;
      const numbers = {
        now: new Date(queued.value.at),
        referenceOf: () => queued.value.unitReference,
        publishedAs: queued.id,
      };
      const stored = await this.unit.database.transaction([force], (client) =>
        takeSubmissions(client, this.unit, [submission], numbers),
      );
      this.arrived += stored.size;
    }
    for (const received of fromForce) {
      const { value } = received;
      const settled =
        'changeId' in value &&
        this.published
          .get(keyOf(received.force, value.requestId))
          ?.changes.find((change) => change.value.changeId === value.changeId);
      if (!settled) continue;
      await this.unit.database.transaction([received.force], (client) =>
        keepSettledChange(client, received, settled),
      );
    }
  }

  async finish(): Promise<CatchUpReport> {
    await this.countBehindReferences();
    const report = {
      arrived: this.arrived,
      moved: 0,
      backInQueue: [] as string[],
      recordsToCheck: [] as string[],
      unknown: [] as string[],
    };
    // The order is that of the last events, because a record may depend on the record of another request.
    const inOrder = [...this.published.values()].sort(
      (a, b) => lastPublished(a.changes) - lastPublished(b.changes),
    );
    for (const { force, id, changes } of inOrder) {
      const answer = changes.find(({ type }) => type === 'concordat.request-answered.v1')?.value.answer;
      const moved = await this.unit.database.transaction([force], async (client) => {
        const [task] = await lockTasks(client, [force], [id]);
        if (!task) return undefined;
        await appendEvents(client, changes.map(logged(force)));
        await addTerms(
          client,
          this.unit,
          changes.map(({ value }) => ({ task, detail: value })),
        );
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

  /**
   * Moves a task through its published changes one by one, so that its clocks pause and resume as they did.
   */
  private async move(
    client: PoolClient,
    before: TaskRow,
    changes: readonly PublishedChange[],
  ): Promise<{ readonly unitReference: string; readonly released: boolean }> {
    const terms = this.unit.termsOf(before);
    let task: TaskRow = { ...before, assignee: null, proposer: null };
    for (const { type, value } of changes.toSorted((a, b) => a.value.sequence - b.value.sequence)) {
      if (value.sequence <= task.version) continue;
      const at = new Date(value.at);
      const { sequence: version, question, reason, milestone } = value;
      const clocks = await this.reopenedClocks(client, task, type, at);
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
      { ...entry, operation: 'alteration', reason: 'after a restore, as the force was notified' },
    ]);
    return { unitReference: task.unitReference, released };
  }

  /** The clocks that a reopening started; undefined for any other change. */
  private async reopenedClocks(
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

  /** Sets the counters so that no published short reference is given to another request. */
  private async countBehindReferences(): Promise<void> {
    const last = new Map<string, number>();
    for (const { changes } of this.published.values()) {
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

const lastPublished = (changes: readonly PublishedChange[]): number =>
  Math.max(...changes.map(({ value }) => Date.parse(value.at)));

/** The event as it was published. It has no topic, so that it is not published again. */
const logged =
  (force: string) =>
  ({ id, type, time, traceparent, source, value }: PublishedChange): LoggedEvent => ({
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

/**
 * The change in an envelope; none if no unit could have published it, or the unit did not accept its request.
 */
function publishedBy(envelope: Envelope): PublishedChange[] {
  try {
    const change = expectMessage(envelope, PUBLISHED_TYPES) as unknown as PublishedChange;
    return isUuid(envelope.id) && change.value.unitReference !== NO_REFERENCE ? [change] : [];
  } catch {
    return [];
  }
}

/** The messages that can be read. The consumer refuses the others later. */
function readable(messages: readonly ReceivedMessage[]): Delivery[] {
  return messages.flatMap((message) => {
    try {
      return [readDelivery(message)];
    } catch {
      return [];
    }
  });
}
