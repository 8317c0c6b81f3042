import kafkajs, { type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs';
import { backOffMs, WakeUp, within } from '#kernel';
import { deliverBatch, type DeliveryPort } from './batch-delivery.ts';
import type { DeadLetterStore } from './dead-letter.ts';
import type { Failpoint } from './failpoint.ts';
import { faultFrames, handlerFault } from './handler-fault.ts';
import { CLIENT_RETRY, faultText, logLine, type LogLine } from './kafka-client.ts';
import { receivedMessage, type Delivery } from './received-message.ts';
import { SharedDeliveries } from './shared-deliveries.ts';
import { SharedRun } from './shared-run.ts';
import type { ConsumerState, ConsumerStatus, Subscription } from './subscription.ts';

export interface TopicConsumerOptions {
  readonly kafka: Kafka;
  readonly subscription: Subscription;
  readonly handle: (batch: readonly Delivery[]) => Promise<void>;
  readonly deadLetters: DeadLetterStore;
  readonly isTransient: (error: unknown) => boolean;
  readonly failpoint: Failpoint;
  readonly log: LogLine;
  /** Fresh consumers tried after crashes that the library gives up on; 6 when left out, some 25 s: the time of a broker's restart. */
  readonly rebuildsMax?: number | undefined;
  /** The consumer cannot recover by itself. */
  readonly onDead: (reason: string) => void;
}

const SESSION_MS = 30_000;
const HEARTBEAT_MS = 3_000;
/** How long an idle fetch stays open; also the longest an idle consumer takes to stop. */
const FETCH_WAIT_MS = 1_000;
/** A stop waits no longer for the batch in hand and a broker that does not answer: what is not committed comes again. */
const STOP_MS_MAX = 6_000;
const BATCH_MAX = 500;
/** More than a topic has: what one fetch brings of all partitions is in hand together. */
const PARTITIONS_AT_ONCE = 32;
const RETRY = { firstMs: 100, maxMs: 5_000 };
const REBUILD = { firstMs: 500, maxMs: 8_000 };
const REBUILDS_MAX = 6;
/** A consumer that lasted this long has recovered. */
const LASTED_MS = 60_000;

/** One consumer of one topic: offsets are committed only after the effect, and whatever goes wrong it goes on or says so. */
export class TopicConsumer {
  private consumer: Consumer | undefined;
  private state: ConsumerState = 'connecting';
  private fault: string | undefined;
  private joinedOnce = false;
  private stopping = false;
  private partitions: readonly number[] = [];
  private handled = 0;
  private deadLettered = 0;
  private gaps = 0;
  private progressAt: number | null = null;
  /** Since when the watch has seen work wait without a break, and nothing was committed. */
  private behindSince: number | null = null;
  /** Behind these our partitions hold only what no handler is given (marks of transactions), so nothing commits past it. */
  private readonly passed = new Map<number, number>();
  private joinedAt = 0;
  private rebuilds = 0;
  private lag: number | null = null;
  private readonly sleepers = new Set<WakeUp>();
  /** Of the deliveries that wait for something to come back, as the state tells. */
  private readonly waiting = new Set<WakeUp>();
  private readonly deliveries: SharedDeliveries<Delivery>;
  private readonly offsets = new SharedRun();

  constructor(private readonly options: TopicConsumerOptions) {
    const { handle, isTransient } = options;
    this.deliveries = new SharedDeliveries({ handle, isTransient, batchMax: this.batchMax });
  }

  private get batchMax(): number {
    return this.options.subscription.batchMax ?? BATCH_MAX;
  }

  get subscription(): Subscription {
    return this.options.subscription;
  }

  /** Joins the group. Returns when joined, or when the broker is away (then it goes on trying); throws when it is not allowed to. */
  async start(): Promise<void> {
    try {
      await this.open();
    } catch (error) {
      if (!mayPass(error)) throw error;
      this.setState('reconnecting', faultText(error));
      void this.rebuild(error);
    }
  }

  /** Finishes the batch in hand, commits it and leaves the group. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const sleeper of this.sleepers) sleeper.call();
    await within(STOP_MS_MAX, this.close(), () => undefined);
    if (this.state !== 'dead') this.setState('stopped');
  }

  status(): ConsumerStatus {
    const { topic, groupId } = this.options.subscription;
    const ok =
      this.state === 'joined' ||
      this.state === 'stopped' ||
      (this.state === 'reconnecting' && this.joinedOnce);
    return {
      topic,
      groupId,
      state: this.state,
      ok,
      ...(this.fault !== undefined && { detail: this.fault }),
      partitions: this.partitions,
      handled: this.handled,
      deadLettered: this.deadLettered,
      gaps: this.gaps,
      lag: this.lag,
      lastProgressAt: this.progressAt === null ? null : new Date(this.progressAt).toISOString(),
    };
  }

  /** Told by the watch how far behind our partitions are; with work there and nothing committed for too long, it is dead. */
  observeLag(lag: number, stuckAfterMs: number): void {
    this.lag = lag;
    if (lag === 0 || (this.state !== 'joined' && this.state !== 'reconnecting')) {
      this.behindSince = null;
      return;
    }
    this.behindSince ??= Date.now();
    const stuckMs = Date.now() - Math.max(this.behindSince, this.progressAt ?? 0);
    if (stuckMs > stuckAfterMs)
      this.die(`no progress for ${Math.round(stuckMs / 1000)} s while ${lag} messages wait`);
  }

  /** The watch could not see: time without the broker is no time without progress. */
  lagUnknown(): void {
    this.lag = null;
    this.behindSince = null;
  }

  /** Told by the client: it goes on with what is left, and somebody must find what was not read (docs/how-to/close-a-gap.md). */
  lostPlace(partition: number): void {
    this.gaps += 1;
    const { topic, groupId } = this.subscription;
    logLine(this.options.log, 'error', 'a gap: messages were gone before they were read', {
      topic,
      groupId,
      partition,
    });
  }

  /** The offset up to which a partition needs no handling, whatever is committed; 0 while unknown. */
  passedUpTo(partition: number): number {
    return this.passed.get(partition) ?? 0;
  }

  private async open(): Promise<void> {
    const { kafka, subscription } = this.options;
    const consumer = kafka.consumer({
      groupId: subscription.groupId,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      retry: { ...CLIENT_RETRY, restartOnFailure: async () => !this.stopping },
    });
    this.listen(consumer);
    this.consumer = consumer;
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [subscription.topic], fromBeginning: subscription.fromBeginning });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => this.eachBatch(payload),
      });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async close(): Promise<void> {
    const consumer = this.consumer;
    this.consumer = undefined;
    try {
      await consumer?.disconnect();
    } catch (error) {
      logLine(this.options.log, 'warn', 'the consumer did not leave cleanly', {
        topic: this.subscription.topic,
        fault: faultText(error),
      });
    }
  }

  private listen(consumer: Consumer): void {
    const mine = (): boolean => this.consumer === consumer && !this.stopping;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (!mine()) return;
      this.partitions = payload.memberAssignment[this.subscription.topic] ?? [];
      this.joinedOnce = true;
      this.joinedAt = Date.now();
      if (this.state !== 'waiting') this.setState('joined');
    });
    consumer.on(consumer.events.FETCH, () => {
      if (mine() && this.state === 'reconnecting') this.setState('joined');
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { batchSize, partition, lastOffset } }) => {
      if (mine() && batchSize === 0) this.passed.set(partition, Number(lastOffset) + 1);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!mine()) return;
      this.setState('reconnecting', faultText(payload.error));
      if (!payload.restart) void this.rebuild(payload.error);
    });
  }

  /** The library gave up: a fresh consumer is tried a few times, then the process must end and be started anew. */
  private async rebuild(cause: unknown): Promise<void> {
    if (this.joinedAt > 0 && Date.now() - this.joinedAt > LASTED_MS) this.rebuilds = 0;
    for (let fault = cause; !this.stopping;) {
      // A broker that is away is waited for without end; anything else is not.
      if (this.rebuilds >= (this.options.rebuildsMax ?? REBUILDS_MAX) && !mayPass(fault)) {
        this.die(`the consumer crashed and did not come back: ${faultText(fault)}`);
        return;
      }
      await this.close();
      await this.sleep(backOffMs(this.rebuilds, REBUILD));
      this.rebuilds += 1;
      if (this.stopping) return;
      try {
        await this.open();
        return;
      } catch (error) {
        fault = error;
        this.setState('reconnecting', faultText(error));
      }
    }
  }

  private die(reason: string): void {
    if (this.state === 'dead') return;
    this.setState('dead', reason);
    this.options.onDead(`${this.subscription.topic}: ${reason}`);
  }

  private setState(state: ConsumerState, fault?: string): void {
    if (this.state === 'dead') return;
    const changed = this.state !== state;
    this.state = state;
    this.fault = fault;
    if (changed && fault !== undefined) {
      logLine(this.options.log, state === 'dead' ? 'error' : 'warn', `the consumer is ${state}`, {
        topic: this.subscription.topic,
        fault,
      });
    }
  }

  /** Only the library's own errors leave this: a raw TypeError or SyntaxError would stop the consumer for good. */
  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    let lost: Error | undefined;
    let beating = false;
    const sleeper = new WakeUp();
    this.sleepers.add(sleeper);
    const beat = setInterval(() => {
      if (beating) return;
      beating = true;
      payload
        .heartbeat()
        .catch((error: unknown) => {
          lost ??= error instanceof Error ? error : new Error('the heartbeat failed');
          sleeper.call();
        })
        .finally(() => (beating = false));
    }, HEARTBEAT_MS);
    const isOurs = (): boolean =>
      lost === undefined && !this.stopping && payload.isRunning() && !payload.isStale();
    try {
      await this.inChunks(payload, isOurs, this.deliveryPort(isOurs, sleeper));
      if (lost !== undefined) throw lost;
    } catch (error) {
      if (error instanceof kafkajs.KafkaJSError) throw error;
      logLine(this.options.log, 'warn', 'a batch was given back', {
        topic: payload.batch.topic,
        fault: faultText(error),
      });
      throw new kafkajs.KafkaJSError(faultText(error), { retriable: true });
    } finally {
      clearInterval(beat);
      this.sleepers.delete(sleeper);
      // Taken from us while it waited: it is for whoever has the partition next.
      this.waitIsOver(sleeper);
    }
  }

  private async inChunks(
    payload: EachBatchPayload,
    isOurs: () => boolean,
    port: DeliveryPort,
  ): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const size = this.batchMax;
    for (let start = 0; start < messages.length && isOurs(); start += size) {
      const chunk = messages.slice(start, start + size);
      if (
        !(await deliverBatch(
          chunk.map((message) => receivedMessage(topic, partition, message)),
          port,
        ))
      )
        return;
      this.options.failpoint('consumer.after-effect-before-offset');
      payload.resolveOffset((chunk.at(-1) as { offset: string }).offset);
      // Of all partitions whose effect has been since: they are the consumer's, not the batch's.
      await this.offsets.run(async () => payload.commitOffsetsIfNecessary(payload.uncommittedOffsets()));
      this.handled += chunk.length;
      this.progressAt = Date.now();
    }
  }

  private deliveryPort(isOurs: () => boolean, sleeper: WakeUp): DeliveryPort {
    const { deadLetters, isTransient } = this.options;
    return {
      handle: (batch) => this.deliveries.handle(batch),
      isTransient,
      keep: async (letters) => {
        await deadLetters.keep(letters);
        this.deadLettered += letters.length;
      },
      defect: ({ message: { topic, partition, offset }, envelope }, error) => {
        const fault = handlerFault(error, envelope.value);
        logLine(this.options.log, 'error', 'the handler failed on a message: it becomes a dead letter', {
          topic,
          partition,
          offset,
          fault,
          stack: faultFrames(error),
        });
      },
      waitToRetry: async (attempt, error) => {
        this.waiting.add(sleeper);
        this.setState('waiting', faultText(error));
        await sleeper.sleep(backOffMs(attempt, RETRY));
        return isOurs();
      },
      recovered: () => this.waitIsOver(sleeper),
    };
  }

  private waitIsOver(sleeper: WakeUp): void {
    if (this.waiting.delete(sleeper) && this.waiting.size === 0 && this.state === 'waiting')
      this.setState('joined');
  }

  private async sleep(ms: number): Promise<void> {
    const sleeper = new WakeUp();
    this.sleepers.add(sleeper);
    await sleeper.sleep(ms);
    this.sleepers.delete(sleeper);
  }
}

/** Whether waiting may help: the broker is away or starting. Being refused by it does not pass. */
function mayPass(error: unknown): boolean {
  if (error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded) {
    return !/authoriz|authentication/i.test(error.message);
  }
  const names = [
    'KafkaJSConnectionError',
    'KafkaJSConnectionClosedError',
    'KafkaJSRequestTimeoutError',
    'KafkaJSNoBrokerAvailableError',
    'KafkaJSBrokerNotFound',
  ];
  return error instanceof kafkajs.KafkaJSError && names.includes(error.name);
}
