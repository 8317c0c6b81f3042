import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import type { HttpAnswer } from '#client';
import { migrateService } from '../../deploy/local/services.ts';
import { isFaulty } from '../trial/load.ts';
import { startReplica, type Replica } from '../outside/replica.ts';
import type { FaultEnvironment } from './fault-environment.ts';
import { makeNextBuild } from './next-build.ts';

const READ_EVERY_MS = 50;

/**
 * Starts the next version of intake and of a unit beside the present one. The next version waits for its
 * migration, which runs under load while the present version serves. Then the present processes are restarted
 * in turn, and finally the next version is stopped.
 */
export async function rollOutNextBuild({
  system,
  sides,
  trial,
  markFaultEnd,
}: FaultEnvironment): Promise<string> {
  const [unit] = system.units as [string];
  const [side] = sides as [(typeof sides)[number]];
  const build = makeNextBuild(join(system.dataDirectory, 'builds'));
  const start = (service: string): Promise<Replica> => startReplica(system, service, { build });
  const next = { intake: await start('intake'), unit: await start(unit) };
  const readers: BalancedReader[] = [];
  try {
    for (const { untilSays } of Object.values(next)) await untilSays('migrations are missing');
    for (const service of ['intake', unit])
      await migrateService(service, system.databaseUrls(service), build);
    await Promise.all(Object.values(next).map(({ untilReady }) => untilReady()));
    const removeIntake = trial.load.addIntake(next.intake.url);
    readers.push(
      new BalancedReader([undefined, next.intake.url], (at) => side.get('/v1/requests?limit=1', at)),
      new BalancedReader([undefined, next.unit.url], (at) =>
        system.staff(unit, 'caseworker-2', at).call('/v1/queue?limit=1'),
      ),
    );
    await trial.untilAcknowledged(40);
    // The restarted process still knows only the earlier schema.
    for (const service of ['intake', unit]) {
      await system.kill(service, 'SIGTERM').untilBack();
      await trial.untilAcknowledged(40);
    }
    removeIntake();
    for (const reader of readers) await reader.stop();
  } finally {
    for (const reader of readers) await reader.stop();
    for (const { stop } of Object.values(next)) await stop();
    markFaultEnd();
  }
  const faulty = [...trial.load.faultyAnswers(), ...readers.flatMap(({ faulty: found }) => found)];
  if (faulty.length > 0) throw new Error(`faulty answers: ${[...new Set(faulty)].join(', ')}`);
  const sum = (count: (reader: BalancedReader) => number): number =>
    readers.reduce((all, reader) => all + count(reader), 0);
  return `the migration ran under load; ${sum(({ reads }) => reads)} reads, ${sum(({ failovers }) => failovers)} of them answered by the other replica while one was stopped`;
}

/**
 * Reads from the replicas in turn, like a load balancer. It skips a replica that refuses the connection; one
 * of them must answer.
 */
class BalancedReader {
  reads = 0;
  failovers = 0;
  readonly faulty: string[] = [];
  private stopping = false;
  private readonly working: Promise<void>;

  constructor(
    private readonly replicas: readonly (string | undefined)[],
    private readonly read: (at: string | undefined) => Promise<HttpAnswer>,
  ) {
    this.working = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.readOnce(this.reads % this.replicas.length);
      this.reads += 1;
      await pause(READ_EVERY_MS);
    }
  }

  private async readOnce(first: number): Promise<void> {
    for (let tried = 0; tried < this.replicas.length; tried += 1) {
      const answer = await this.read(this.replicas[(first + tried) % this.replicas.length]).catch(
        () => undefined,
      );
      if (!answer) continue;
      if (tried > 0) this.failovers += 1;
      if (isFaulty(answer)) this.faulty.push(String(answer.status));
      return;
    }
    this.faulty.push('no replica answered');
  }
}
