import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { forceEventsTopic, unitRequestsTopic } from '#contracts';
import { ChildProgram } from '../measure/child-program.ts';
import type { LegOrder } from '../legs/legs.main.ts';
import { LEGS_FORCE, LEGS_UNIT, LIKE_UNIT } from '../legs/settings.ts';
import type { BenchStack } from '../measure/stack.ts';
import { migratedIntakeDatabase } from './intake-alone.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
let opened = 0;

/** A unit's schema in a database of its own; the application role's connection string. */
export async function migratedUnitDatabase(bench: BenchStack, name: string): Promise<string> {
  const { migrationUrl, applicationUrl } = await bench.serviceDatabase(name, LIKE_UNIT);
  const main = resolve(ROOT, `dist/apps/${LIKE_UNIT}/src/main.js`);
  await run(process.execPath, [main, 'migrate'], {
    cwd: ROOT,
    env: { ...process.env, MIGRATION_DATABASE_URL: migrationUrl },
  });
  return applicationUrl;
}

interface Databases {
  readonly intake: string;
  readonly unit: string;
  /** For the statement without Kafka. */
  readonly unitAlone: string;
}

/** The legs of a request's life, each to be run alone, in a program and databases of their own. */
export class Legs {
  private readonly bench: BenchStack;
  private readonly program: ChildProgram;
  private readonly databases: Databases;

  private constructor(bench: BenchStack, program: ChildProgram, databases: Databases) {
    this.bench = bench;
    this.program = program;
    this.databases = databases;
  }

  static async open(bench: BenchStack): Promise<Legs> {
    await bench.topics([unitRequestsTopic(LEGS_UNIT), forceEventsTopic(LEGS_FORCE.slug)]);
    opened += 1;
    const prefix = `bench_legs_${String(opened)}`;
    const databases = {
      intake: `${prefix}_intake`,
      unit: `${prefix}_unit`,
      unitAlone: `${prefix}_unit_alone`,
    };
    const environment = {
      ...bench.kafkaEnvironment,
      INTAKE_URL: await migratedIntakeDatabase(bench, databases.intake),
      UNIT_URL: await migratedUnitDatabase(bench, databases.unit),
      UNIT_ALONE_URL: await migratedUnitDatabase(bench, databases.unitAlone),
    };
    await bench.query(
      bench.urlOf(databases.intake),
      `insert into agreement (agreement_id, function_id, title, unit, participants, status, valid_from, edition, demonstration)
       values ('bench-legs', 'F2', 'Bench', '${LEGS_UNIT}', '{${LEGS_FORCE.slug}}', 'live', '2024-01-01', 1, true)`,
    );
    return new Legs(bench, new ChildProgram('dist/bench/legs/legs.main.js', environment), databases);
  }

  /** Seconds that the leg took. */
  async run(order: LegOrder): Promise<number> {
    return (await this.program.ask<{ seconds: number }>(order)).seconds;
  }

  async settle(): Promise<void> {
    for (const name of Object.values(this.databases) as string[])
      await this.bench.settle(this.bench.urlOf(name));
  }

  /**
   * What the unit holds: requests, dead letters, requests of which more information came, and of these how many had it
   * before they were queued.
   */
  async arrived(): Promise<{ requests: number; deadLetters: number; followed: number; turnedRound: number }> {
    const [row] = await this.bench.query(
      this.bench.urlOf(this.databases.unit),
      `select (select count(*)::int from request) as requests, (select count(*)::int from dead_letter) as "deadLetters",
         count(*)::int as followed, count(*) filter (where told.position < queued.position)::int as "turnedRound"
       from event as told join event as queued using (owning_force, request_id)
       where told.type = 'concordat.information-received.v1' and queued.type = 'concordat.request-queued.v1'`,
    );
    return row as Awaited<ReturnType<Legs['arrived']>>;
  }

  end(): Promise<void> {
    return this.program.end();
  }
}
