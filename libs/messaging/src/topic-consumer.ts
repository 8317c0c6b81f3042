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
  /** A member that is silent for this long has left its group; 30 seconds by default. */
  readonly sessionMs?: number | undefined;
  /**
   * How many new consumers are tried after a crash; 6 by default, some 25 s: the time of a broker's restart.
   */
  readonly rebuildsMax?: number | undefined;
  /** Called if the consumer cannot recover by itself. */
  readonly onDead: (reason: string) => void;
}

const SESSION_MS = 30_000;
/** How long the members of a group have to join it again. */
const REBALANCE_MS = 30_000;
const HEARTBEAT_MS = 3_000;
/** How long an idle fetch stays open. An idle consumer needs this long to stop at most. */
const FETCH_WAIT_MS = 1_000;
/** How long a stop waits for the present batch or a silent broker. Uncommitted messages come again. */
const STOP_MS_MAX = 6_000;
const BATCH_MAX = 500;
/** More than a topic has, so that all partitions of one fetch are handled together. */
const PARTITIONS_AT_ONCE = 32;
const RETRY = { firstMs: 100, maxMs: 5_000 };
const REBUILD = { firstMs: 500, maxMs: 8_000 };
const REBUILDS_MAX = 6;
/** A consumer that has run for this long has recovered. */
const LASTED_MS = 60_000;

/**
 * One consumer of one topic. It commits offsets only after the effect, and it recovers or reports that it
 * cannot.
 */
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
  /** Since when the watch has seen messages wait while nothing was committed. */
  private behindSince: number | null = null;
  /**
   * Offsets after which only markers of transactions follow. No handler gets those, so nothing commits past
   * them.
   */
  private readonly passed = new Map<number, number>();
  private joinedAt = 0;
  private rebuilds = 0;
  private lag: number | null = null;
  private readonly sleepers = new Set<WakeUp>();
  /** How many deliveries wait for a dependency to come back. */
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

  /**
   * Joins the group. Returns when joined, or if the broker is away (it then keeps trying). Throws if not
   * allowed.
   */
  async start(): Promise<void> {
    try {
      await this.open();
    } catch (error) {
      if (!mayPass(error)) throw error;
      this.setState('reconnecting', faultText(error));
      void this.rebuild(error);
    }
  }

  /** Finishes the present batch, commits it and leaves the group. */
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

  /**
   * The watch reports how far behind we are. If messages wait and nothing is committed for too long, we are
   * dead.
   */
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

  /** The watch could not ask the broker. Time without a broker does not count as time without progress. */
  lagUnknown(): void {
    this.lag = null;
    this.behindSince = null;
  }

  /**
   * The client reports lost messages and goes on. A person must find what was lost
   * (docs/how-to/close-a-gap.md).
   */
  lostPlace(partition: number): void {
    this.gaps += 1;
    const { topic, groupId } = this.subscription;
    logLine(this.options.log, 'error', 'a gap: messages were gone before they were read', {
      topic,
      groupId,
      partition,
    });
  }

  /** Returns the offset up to which a partition needs no handling, whatever is committed; 0 while unknown. */
  passedUpTo(partition: number): number {
    return this.passed.get(partition) ?? 0;
  }

  private async open(): Promise<void> {
    const { kafka, subscription } = this.options;
    const consumer = kafka.consumer({
      groupId: subscription.groupId,
      sessionTimeout: this.options.sessionMs ?? SESSION_MS,
      rebalanceTimeout: REBALANCE_MS,
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

  /** The library gave up. A new consumer is tried a few times; then the process must end and be restarted. */
  private async rebuild(cause: unknown): Promise<void> {
    if (this.joinedAt > 0 && Date.now() - this.joinedAt > LASTED_MS) this.rebuilds = 0;
    for (let fault = cause; !this.stopping;) {
      // Only for a broker that is away is there no limit.
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

  /**
   * Throws only the library's own errors, because a raw TypeError or SyntaxError would stop the consumer for
   * good.
   */
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
      // The partition was taken away during the wait. Its next consumer handles the batch.
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
      // This commits all partitions that took effect meanwhile; offsets belong to the consumer, not to the
      // batch.
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

/** Returns whether a wait may help, because the broker is away or starting. A refusal does not pass. */
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
