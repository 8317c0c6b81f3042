import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';

const WITHIN_MS = 60_000;
const ASK_EVERY_MS = 100;

/**
 * Creates topics; each has a leader when this returns, and one that exists is left as it is. kafkajs can wait for leaders
 * itself, but takes the broker's "no such topic yet" for a failure, which a broker short of time says for a moment.
 */
export async function createTopics(admin: Admin, topics: readonly ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics: [...topics], waitForLeaders: false });
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      const found = await admin.fetchTopicMetadata({ topics: topics.map(({ topic }) => topic) });
      if (
        found.topics.every(
          ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
        )
      )
        return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    if (Date.now() > until)
      throw new Error(
        `after ${WITHIN_MS / 1000} s some of these topics have no leader: ${topics.map(({ topic }) => topic).join(', ')}`,
      );
    await pause(ASK_EVERY_MS);
  }
}
