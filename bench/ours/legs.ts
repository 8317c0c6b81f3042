import { forceEventsTopic, unitRequestsTopic } from '#contracts';
import { ChildProgram } from '../measure/child-program.ts';
import type { LegOrder } from '../legs/legs.main.ts';
import { LEGS_FORCE, LEGS_UNIT, MODEL_UNIT } from '../legs/settings.ts';
import type { BenchStack } from '../measure/stack.ts';
import { createIntakeDatabase } from './intake-alone.ts';

let opened = 0;

interface Databases {
  readonly intake: string;
  readonly unit: string;
  /** The database for the statement without Kafka. */
  readonly unitAlone: string;
}

/** The legs of a request's path. They run one at a time, in a separate program with its own databases. */
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
    await bench.createTopics([unitRequestsTopic(LEGS_UNIT), forceEventsTopic(LEGS_FORCE.slug)]);
    opened += 1;
    const prefix = `bench_legs_${String(opened)}`;
    const databases = {
      intake: `${prefix}_intake`,
      unit: `${prefix}_unit`,
      unitAlone: `${prefix}_unit_alone`,
    };
    const environment = {
      ...bench.kafkaEnvironment,
      INTAKE_URL: await createIntakeDatabase(bench, databases.intake),
      UNIT_URL: await bench.createServiceDatabase(databases.unit, MODEL_UNIT),
      UNIT_ALONE_URL: await bench.createServiceDatabase(databases.unitAlone, MODEL_UNIT),
    };
    await bench.query(
      bench.urlOf(databases.intake),
      `insert into agreement (agreement_id, function_id, title, unit, participants, status, valid_from, edition, demonstration)
       values ('bench-legs', 'F2', 'Bench', '${LEGS_UNIT}', '{${LEGS_FORCE.slug}}', 'live', '2024-01-01', 1, true)`,
    );
    return new Legs(bench, new ChildProgram('dist/bench/legs/legs.main.js', environment), databases);
  }

  /** Runs a leg and returns the seconds that it took. */
  async run(order: LegOrder): Promise<number> {
    return (await this.program.ask<{ seconds: number }>(order)).seconds;
  }

  async settle(): Promise<void> {
    for (const name of Object.values(this.databases) as string[])
      await this.bench.settle(this.bench.urlOf(name));
  }

  /**
   * Counts what the unit holds: requests, dead letters, requests with more information, and those that got
   * the information before they were queued.
   */
  async countArrived(): Promise<{
    requests: number;
    deadLetters: number;
    followed: number;
    outOfOrder: number;
  }> {
    const [row] = await this.bench.query(
      this.bench.urlOf(this.databases.unit),
      `select (select count(*)::int from request) as requests, (select count(*)::int from dead_letter) as "deadLetters",
         count(*)::int as followed, count(*) filter (where informed.position < queued.position)::int as "outOfOrder"
       from event as informed join event as queued using (owning_force, request_id)
       where informed.type = 'concordat.information-received.v1' and queued.type = 'concordat.request-queued.v1'`,
    );
    return row as Awaited<ReturnType<Legs['countArrived']>>;
  }

  end(): Promise<void> {
    return this.program.end();
  }
}
