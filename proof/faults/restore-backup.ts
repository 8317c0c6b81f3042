import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '#testing';
import { deploymentFrom, mainOf } from '../../deploy/local/deployment.ts';
import { startPostgres } from '../../deploy/local/postgres.ts';
import { NODE_FLAGS, serviceEnvironment } from '../../deploy/local/services.ts';
import { unitKeysIn } from '../../deploy/local/unit-keys.ts';
import { expectStatus, type ForceSide } from '../outside/force-side.ts';
import type { Entry } from '../trial/journal.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { Backup } from './backup.ts';
import type { Ground } from './fault-environment.ts';
import { whileDown } from './while-stopped.ts';

const run = promisify(execFile);
const TOLD_WITHIN_MS = 60_000;

/** What `catch-up` prints; each service has some of it. */
interface CaughtUp {
  readonly service: string;
  readonly arrived: number;
  readonly backInQueue?: readonly string[];
  readonly recordsToCheck?: readonly string[];
  readonly unknown?: readonly string[];
  readonly underAnotherId?: readonly string[];
}

/** Backed up while it runs; more is accepted, worked and answered; then PostgreSQL loses all of that, and nobody else does. */
export async function restoreBackup({ system, sides, trial, over }: Ground): Promise<string> {
  const backup = new Backup(system);
  await backup.archiveFromNowOn();
  await backup.take();
  await trial.untilAcknowledged(40);
  await backup.point();
  const point = Date.now();
  await trial.untilAcknowledged(120);
  await backup.untilArchived();
  const cursors = new Map<ForceSide, string>();
  for (const side of sides) cursors.set(side, await side.feedEnd());
  const reports: CaughtUp[] = [];
  const services = ['intake', ...system.units];
  const ends = [...services, 'collaboration'].map((service) => [service, 'SIGTERM'] as const);
  let lost: readonly Entry[] = [];
  await whileDown(system, [...ends, ['postgres', 'SIGKILL']], async () => {
    lost = trial.journal.acknowledged().filter(({ acknowledgedAt }) => (acknowledgedAt ?? 0) > point);
    backup.putInPlace();
    await withPostgres(system, async () => {
      await backup.moveTransactionsAhead();
      reports.push(...(await Promise.all(services.map((service) => catchUp(system, service)))));
    });
  });
  over();
  const again = await sendAgain(sides, trial, lost);
  for (const [side, cursor] of cursors) await untilTold(side, cursor);
  const count = (of: (report: CaughtUp) => number): number =>
    reports.reduce((sum, report) => sum + of(report), 0);
  const strange = count(({ unknown = [], underAnotherId = [] }) => unknown.length + underAnotherId.length);
  if (strange > 0)
    throw new Error(`catching up left ${strange} requests to people: ${JSON.stringify(reports)}`);
  return [
    `${lost.length} acknowledged after the point came back`,
    `intake caught up with ${reports[0]?.arrived ?? 0}, units with ${count(({ arrived }) => arrived) - (reports[0]?.arrived ?? 0)}`,
    `${count(({ backInQueue = [] }) => backInQueue.length)} back in the queue`,
    `${count(({ recordsToCheck = [] }) => recordsToCheck.length)} answers with records to check`,
    `${again} only by being sent again`,
  ].join(', ');
}

/** The supervisor holds back: PostgreSQL is ours until it goes on. */
async function withPostgres(system: RunningSystem, work: () => Promise<void>): Promise<void> {
  const url = new URL(system.adminUrl);
  const postgres = await startPostgres({
    directory: join(system.dataDirectory, 'postgres/cluster'),
    port: Number(url.port),
    password: url.password,
    logFile: join(system.run().logs, 'postgres-restoring.log'),
  });
  try {
    await work();
  } finally {
    await postgres.stop();
  }
}

/** As the how-to says: the service's own environment, and an administrator's credential for Kafka. */
async function catchUp(system: RunningSystem, service: string): Promise<CaughtUp> {
  const { kafka, urls } = system.run();
  const env = {
    ...serviceEnvironment({
      ...{ service, port: 0, logFile: '', issuer: urls.identity, catalogue: deploymentFrom().catalogue },
      unitKeys: unitKeysIn(system.dataDirectory),
      urls: system.databaseUrls(service),
      kafka: { brokers: kafka.brokers, password: system.kafkaPassword('admin'), tls: false },
      cursorKey: system.cursorKey(service),
    }),
    KAFKA_USERNAME: 'admin',
  };
  const { stdout } = await run(process.execPath, [...NODE_FLAGS, mainOf(service), 'catch-up'], {
    env: { PATH: process.env['PATH'], ...env },
  });
  return JSON.parse(stdout) as CaughtUp;
}

/** A cursor that was given out before the loss leads to what came after it. */
async function untilTold(side: ForceSide, cursor: string): Promise<void> {
  const told = async (): Promise<boolean> =>
    (await side.feed(cursor)).some(({ type }) => type === 'concordat.request-submitted.v1');
  await eventually(told, {
    withinMs: TOLD_WITHIN_MS,
    everyMs: 500,
    says: `something new in the feed of ${side.force}`,
  });
}

/** What forces do after a restore, for what they were acknowledged over REST. Returns how many nobody else had. */
async function sendAgain(
  sides: readonly ForceSide[],
  trial: Ground['trial'],
  entries: readonly Entry[],
): Promise<number> {
  let onlyTheirs = 0;
  for (const entry of entries.filter(({ door }) => door === 'rest')) {
    const side = sides.find(({ force }) => force === entry.force) as ForceSide;
    const answer = await side.submit(trial.load.submissionOf(entry), entry.reference);
    if (answer.status !== 201) {
      expectStatus(200, answer);
      continue;
    }
    onlyTheirs += 1;
    entry.requestId = (answer.body as { id: string }).id;
  }
  return onlyTheirs;
}
