import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import type { HttpAnswer } from '#client';
import { migrateService } from '../../deploy/local/services.ts';
import { isFaulty } from '../trial/load.ts';
import { startReplica, type Replica } from '../outside/replica.ts';
import type { Ground } from './fault-environment.ts';
import { nextBuild } from './next-build.ts';

const ASK_EVERY_MS = 50;

/**
 * The next version comes in beside the present one, for intake and for a unit: it waits until its step of the schema is there,
 * which is taken under load while the present version serves; then the present ones are stopped and started in their turn, and
 * at last the next ones leave.
 */
export async function rollingDeploy({ system, sides, trial, over }: Ground): Promise<string> {
  const [unit] = system.units as [string];
  const [side] = sides as [(typeof sides)[number]];
  const build = nextBuild(join(system.dataDirectory, 'builds'));
  const start = (service: string): Promise<Replica> => startReplica(system, service, { build });
  const next = { intake: await start('intake'), unit: await start(unit) };
  const readers: BalancedReader[] = [];
  try {
    for (const { untilSays } of Object.values(next)) await untilSays('migrations are missing');
    for (const service of ['intake', unit])
      await migrateService(service, system.databaseUrls(service), build);
    await Promise.all(Object.values(next).map(({ untilReady }) => untilReady()));
    const notThere = trial.load.alsoAt(next.intake.url);
    readers.push(
      new BalancedReader([undefined, next.intake.url], (at) => side.get('/v1/requests?limit=1', at)),
      new BalancedReader([undefined, next.unit.url], (at) =>
        system.staff(unit, 'caseworker-2', at).call('/v1/queue?limit=1'),
      ),
    );
    await trial.untilAcknowledged(40);
    // What comes back in its place knows the earlier schema only.
    for (const service of ['intake', unit]) {
      await system.kill(service, 'SIGTERM').untilBack();
      await trial.untilAcknowledged(40);
    }
    notThere();
    for (const reader of readers) await reader.stop();
  } finally {
    for (const reader of readers) await reader.stop();
    for (const { stop } of Object.values(next)) await stop();
    over();
  }
  const faulty = [...trial.load.faultyAnswers(), ...readers.flatMap(({ faulty: found }) => found)];
  if (faulty.length > 0) throw new Error(`answered ${[...new Set(faulty)].join(', ')}`);
  const sum = (count: (reader: BalancedReader) => number): number =>
    readers.reduce((all, reader) => all + count(reader), 0);
  return `the step was taken under load; of ${sum(({ asked }) => asked)} readings the second replica answered ${sum(({ elsewhere }) => elsewhere)} that the first was not there for`;
}

/** Asks one replica after the other as a load balancer does: who refuses the connection is passed over; somebody must answer. */
class BalancedReader {
  asked = 0;
  elsewhere = 0;
  readonly faulty: string[] = [];
  private stopping = false;
  private readonly working: Promise<void>;

  constructor(
    private readonly replicas: readonly (string | undefined)[],
    private readonly ask: (at: string | undefined) => Promise<HttpAnswer>,
  ) {
    this.working = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.once(this.asked % this.replicas.length);
      this.asked += 1;
      await pause(ASK_EVERY_MS);
    }
  }

  private async once(first: number): Promise<void> {
    for (let tried = 0; tried < this.replicas.length; tried += 1) {
      const answer = await this.ask(this.replicas[(first + tried) % this.replicas.length]).catch(
        () => undefined,
      );
      if (!answer) continue;
      if (tried > 0) this.elsewhere += 1;
      if (isFaulty(answer)) this.faulty.push(String(answer.status));
      return;
    }
    this.faulty.push('nobody');
  }
}
