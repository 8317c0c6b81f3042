import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '#testing';
import { deploymentFrom, mainOf } from '../../deploy/local/deployment.ts';
import { startPostgres } from '../../deploy/local/postgres.ts';
import { NODE_FLAGS, serviceEnvironment } from '../../deploy/local/services.ts';
import { unitKeysIn } from '../../deploy/local/unit-keys.ts';
import { Agreement } from '../outside/agreement.ts';
import { expectStatus, type ForceSide } from '../outside/force-side.ts';
import type { Entry } from '../trial/journal.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import { Backup } from './backup.ts';
import type { FaultEnvironment } from './fault-environment.ts';
import { whileStopped } from './while-stopped.ts';

const run = promisify(execFile);
const IN_FEED_WITHIN_MS = 60_000;

/** The report that `catch-up` prints. Each kind of service fills some of the fields. */
interface CatchUpReport {
  readonly service: string;
  readonly arrived: number;
  readonly backInQueue?: readonly string[];
  readonly recordsToCheck?: readonly string[];
  readonly unknown?: readonly string[];
  readonly underAnotherId?: readonly string[];
}

/**
 * Takes a backup under load and lets more requests be accepted and answered. Then PostgreSQL loses that later
 * work, while Kafka and the forces still have it.
 */
export async function restoreBackup({
  system,
  sides,
  trial,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const backup = new Backup(system);
  await backup.startArchiving();
  await backup.take();
  await trial.untilAcknowledged(40);
  await backup.createRestorePoint();
  const restorePoint = Date.now();
  const agreement = await Agreement.load(system.units[0] as string, system);
  const edition = await agreement.publish('live');
  await agreement.untilKnown(edition);
  await trial.untilAcknowledged(120);
  await backup.untilArchived();
  const cursors = new Map<ForceSide, string>();
  for (const side of sides) cursors.set(side, await side.readFeedEnd());
  const reports: CatchUpReport[] = [];
  const services = ['intake', ...system.units];
  const ends = [...services, 'collaboration'].map((service) => [service, 'SIGTERM'] as const);
  let lost: readonly Entry[] = [];
  await whileStopped(system, [...ends, ['postgres', 'SIGKILL']], async () => {
    lost = trial.journal.acknowledged().filter(({ acknowledgedAt }) => (acknowledgedAt ?? 0) > restorePoint);
    backup.restoreFiles();
    await withPostgres(system, async () => {
      await backup.moveTransactionsAhead();
      reports.push(...(await Promise.all(services.map((service) => catchUp(system, service)))));
    });
  });
  markFaultEnd();
  const again = await sendAgain(sides, trial, lost);
  await agreement.untilKnown(edition);
  for (const [side, cursor] of cursors) await untilFeedContinues(side, cursor);
  const count = (numberOf: (report: CatchUpReport) => number): number =>
    reports.reduce((sum, report) => sum + numberOf(report), 0);
  const unclear = count(({ unknown = [], underAnotherId = [] }) => unknown.length + underAnotherId.length);
  if (unclear > 0)
    throw new Error(`catch-up could not resolve ${unclear} requests: ${JSON.stringify(reports)}`);
  return [
    `${lost.length} requests acknowledged after the restore point came back`,
    `intake caught up with ${reports[0]?.arrived ?? 0}, units with ${count(({ arrived }) => arrived) - (reports[0]?.arrived ?? 0)}`,
    `${count(({ backInQueue = [] }) => backInQueue.length)} back in the queue`,
    `${count(({ recordsToCheck = [] }) => recordsToCheck.length)} answers with records to check`,
    `${again} only because the force sent them again`,
  ].join(', ');
}

/**
 * Starts PostgreSQL for the work and stops it again. The supervisor must be on hold, so that it starts none.
 */
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

/**
 * Runs `catch-up` as the how-to says: in the service's environment, with an administrator's Kafka credential.
 */
async function catchUp(system: RunningSystem, service: string): Promise<CatchUpReport> {
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
  return JSON.parse(stdout) as CatchUpReport;
}

/** Waits until the feed has new events after this cursor, which was given out before the loss. */
async function untilFeedContinues(side: ForceSide, cursor: string): Promise<void> {
  const continues = async (): Promise<boolean> =>
    (await side.readFeed(cursor)).some(({ type }) => type === 'concordat.request-submitted.v1');
  await eventually(continues, {
    withinMs: IN_FEED_WITHIN_MS,
    everyMs: 500,
    says: `a new event in the feed of ${side.force}`,
  });
}

/** Sends entries acknowledged over REST again, as forces do after a restore. Returns how many were new. */
async function sendAgain(
  sides: readonly ForceSide[],
  trial: FaultEnvironment['trial'],
  entries: readonly Entry[],
): Promise<number> {
  let created = 0;
  for (const entry of entries.filter(({ door }) => door === 'rest')) {
    const side = sides.find(({ force }) => force === entry.force) as ForceSide;
    const answer = await side.submit(trial.load.submissionOf(entry), entry.reference);
    if (answer.status !== 201) {
      expectStatus(200, answer);
      continue;
    }
    created += 1;
    entry.requestId = (answer.body as { id: string }).id;
  }
  return created;
}
