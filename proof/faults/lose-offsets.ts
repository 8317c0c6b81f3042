import pg from 'pg';
import { serviceGroupPrefix, unitRequestsTopic } from '#contracts';
import { eventually } from '#testing';
import { asBrokerAdmin } from './broker-admin.ts';
import type { Ground } from './fault-environment.ts';

/** A member that stands still is missed after its session of 30 s. */
const EMPTY_WITHIN_MS = 90_000;
const GONE = 10;
const WAITING_WITHIN_MS = 25_000;
const TOLD_WITHIN_MS = 90_000;

/**
 * The broker forgets how far intake and a unit have read: they read everything again. Then what waits for the unit is deleted from
 * its topic: the unit tells of the gap, and intake sends again by hand what it has (docs/how-to/close-a-gap.md).
 */
export async function loseOffsets(ground: Ground): Promise<string> {
  const { system, trial, over } = ground;
  const [unit] = system.units as [string];
  const groups = await forgetOffsets(ground, ['intake', unit]);
  await system.untilReady();
  await trial.untilServed(Date.now());
  const gone = await truncate(ground, unit);
  await sendAgain(ground, unitRequestsTopic(unit));
  over();
  return `${groups} groups forgotten; ${gone} messages gone unread, told of, and sent again`;
}

async function forgetOffsets({ system }: Ground, services: readonly string[]): Promise<number> {
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

/** Returns how many messages that the unit had not read were deleted. */
async function truncate({ system }: Ground, unit: string): Promise<number> {
  const topic = unitRequestsTopic(unit);
  const resume = system.freeze(unit);
  let gone = 0;
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
      await eventually(async () => (await unread()) >= GONE, {
        withinMs: WAITING_WITHIN_MS,
        everyMs: 250,
        says: 'unread messages',
      });
      gone = await unread();
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({
        topic,
        partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
      });
    });
  } finally {
    resume();
  }
  const told = async (): Promise<boolean> =>
    (await (await fetch(`${system.run().urls.units[unit]}/health/ready`)).text()).includes('with a gap');
  await eventually(told, { withinMs: TOLD_WITHIN_MS, everyMs: 500, says: `${unit} to tell of the gap` });
  return gone;
}

/** As the how-to has it. */
async function sendAgain({ system, trial }: Ground, topic: string): Promise<void> {
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
