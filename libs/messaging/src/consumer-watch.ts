import type { Admin, Kafka } from 'kafkajs';
import { BackgroundLoop } from '#kernel';
import { faultText, logLine, type LogLine } from './kafka-client.ts';
import type { TopicConsumer } from './topic-consumer.ts';

const EVERY_MS = 10_000;
/** Longer than a session and a rebalance together, so that a healthy hand-over never counts as stuck. */
const STUCK_AFTER_MS = 90_000;

/**
 * Checks from outside how far behind the consumers are, because a consumer whose fetching has died looks idle
 * from inside. While the broker does not answer, the watch concludes nothing.
 */
export class ConsumerWatch {
  private admin: Admin | undefined;
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly kafka: Kafka,
    private readonly consumers: readonly TopicConsumer[],
    private readonly log: LogLine,
    private readonly stuckAfterMs = STUCK_AFTER_MS,
    private readonly everyMs = EVERY_MS,
  ) {
    this.loop = new BackgroundLoop({
      turn: async () => {
        await this.look();
        return everyMs;
      },
      failed: async (error) => {
        for (const consumer of this.consumers) consumer.lagUnknown();
        if (!this.loop.isStopping)
          logLine(this.log, 'warn', 'the lag could not be read', { fault: faultText(error) });
        await this.forget();
        return everyMs;
      },
    });
  }

  start(): void {
    this.loop.start(this.everyMs);
  }

  /** Does not wait for a check that is under way, because the broker may be away. */
  async stop(): Promise<void> {
    void this.loop.stop();
    await this.forget();
  }

  private async look(): Promise<void> {
    if (!this.admin) {
      const admin = this.kafka.admin({ retry: { retries: 1 } });
      await admin.connect();
      this.admin = admin;
    }
    for (const consumer of this.consumers) await this.lookAt(this.admin, consumer);
  }

  private async lookAt(admin: Admin, consumer: TopicConsumer): Promise<void> {
    const { topic, groupId } = consumer.subscription;
    const ends = await admin.fetchTopicOffsets(topic);
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const { partitions, state } = consumer.status();
    const lag = ends
      // A consumer without partitions (thrown out, or one replica too many) is alive and not behind.
      .filter(({ partition }) => partitions.includes(partition) || state === 'reconnecting')
      .reduce((sum, { partition, high, low }) => {
        const offset = Number(committed?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
        return (
          sum + Math.max(0, Number(high) - Math.max(offset, Number(low), consumer.passedUpTo(partition)))
        );
      }, 0);
    consumer.observeLag(lag, this.stuckAfterMs);
  }

  private async forget(): Promise<void> {
    const admin = this.admin;
    this.admin = undefined;
    try {
      await admin?.disconnect();
    } catch (error) {
      logLine(this.log, 'warn', 'the watch did not disconnect cleanly', { fault: faultText(error) });
    }
  }
}
