import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';

const WITHIN_MS = 60_000;
const ASK_EVERY_MS = 100;

/**
 * Creates topics and waits until each has a leader. Topics that exist stay as they are. kafkajs can wait for
 * leaders itself, but it fails when a busy broker answers for a moment that the topic does not exist yet.
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
