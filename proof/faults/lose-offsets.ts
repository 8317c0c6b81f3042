import pg from 'pg';
import { serviceGroupPrefix, unitRequestsTopic } from '#contracts';
import { eventually } from '#testing';
import { asBrokerAdmin } from './broker-admin.ts';
import type { FaultEnvironment } from './fault-environment.ts';

/** A consumer group notices a frozen member after its session of 30 s. */
const EMPTY_WITHIN_MS = 90_000;
const UNREAD_MIN = 10;
const WAITING_WITHIN_MS = 25_000;
const REPORTED_WITHIN_MS = 90_000;

/**
 * Deletes the committed offsets of intake and a unit, so that both read everything again. Then it deletes the
 * unread messages of the unit's topic: the unit must report the gap, and the operator's steps in
 * docs/how-to/close-a-gap.md must make intake send the messages again.
 */
export async function loseOffsets(environment: FaultEnvironment): Promise<string> {
  const { system, trial, markFaultEnd } = environment;
  const [unit] = system.units as [string];
  const groups = await deleteOffsets(environment, ['intake', unit]);
  await system.untilReady();
  await trial.untilServed(Date.now());
  const deleted = await deleteUnread(environment, unit);
  await sendAgain(environment, unitRequestsTopic(unit));
  markFaultEnd();
  return `${groups} groups deleted; ${deleted} unread messages deleted, reported as a gap and sent again`;
}

async function deleteOffsets({ system }: FaultEnvironment, services: readonly string[]): Promise<number> {
  const resumes = services.map((service) => system.freeze(service));
  try {
    return await asBrokerAdmin(system, async (admin) => {
      const all = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
      const ours = all.filter((group) =>
        services.some((service) => group.startsWith(serviceGroupPrefix(service))),
      );
      const empty = async (): Promise<boolean> =>
        (await admin.describeGroups(ours)).groups.every(({ state }) => state === 'Empty');
      await eventually(empty, {
        withinMs: EMPTY_WITHIN_MS,
        everyMs: 1_000,
        says: `${ours.length} groups without members`,
      });
      await admin.deleteGroups(ours);
      return ours.length;
    });
  } finally {
    for (const resume of resumes) resume();
  }
}

/** Deletes the messages that the unit has not read and returns how many there were. */
async function deleteUnread({ system }: FaultEnvironment, unit: string): Promise<number> {
  const topic = unitRequestsTopic(unit);
  const resume = system.freeze(unit);
  let deleted = 0;
  try {
    await asBrokerAdmin(system, async (admin) => {
      const groupId = `${serviceGroupPrefix(unit)}${topic}`;
      const unread = async (): Promise<number> => {
        const ends = await admin.fetchTopicOffsets(topic);
        const [read] = await admin.fetchOffsets({ groupId, topics: [topic] });
        const readTo = (at: number): number =>
          Number(read?.partitions.find(({ partition }) => partition === at)?.offset ?? 0);
        return ends.reduce(
          (sum, { partition, high }) => sum + Number(high) - Math.max(0, readTo(partition)),
          0,
        );
      };
      await eventually(async () => (await unread()) >= UNREAD_MIN, {
        withinMs: WAITING_WITHIN_MS,
        everyMs: 250,
        says: 'unread messages',
      });
      deleted = await unread();
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({
        topic,
        partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
      });
    });
  } finally {
    resume();
  }
  const reported = async (): Promise<boolean> =>
    (await (await fetch(`${system.run().urls.units[unit]}/health/ready`)).text()).includes('with a gap');
  await eventually(reported, {
    withinMs: REPORTED_WITHIN_MS,
    everyMs: 500,
    says: `the gap in the health report of ${unit}`,
  });
  return deleted;
}

/** Runs the statement of the how-to that marks the events as unsent, then restarts intake. */
async function sendAgain({ system, trial }: FaultEnvironment, topic: string): Promise<void> {
  const client = new pg.Client({ connectionString: system.applicationUrl('intake') });
  await client.connect();
  try {
    await client.query(`select set_config('concordat.forces', $1, false)`, [system.forces.join(',')]);
    await client.query(
      `insert into unsent (owning_force, event_id, position, topic, reason, waits)
         select owning_force, event_id, position, topic, 'closing a gap', true from event where topic = $1 and time >= $2
         on conflict (owning_force, event_id) do update set sent_at = null, waits = true, reason = excluded.reason`,
      [topic, trial.startedAt],
    );
  } finally {
    await client.end();
  }
  await system.kill('intake', 'SIGTERM').untilBack();
}
