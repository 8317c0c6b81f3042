import { freePorts } from '../../deploy/local/ports.ts';
import { ChildProgram } from '../child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { Contender, Round } from '../rounds.ts';
import type { BenchStack } from '../stack.ts';
import { CONNECTIONS, SUBMISSION } from '../work.ts';
import { migratedIntakeDatabase } from '../ours/intake-alone.ts';

export const DOORS = {
  grouped: 'bare Fastify, same statement and grouping',
  single: 'bare Fastify, one transaction a POST',
  boss: 'bare Fastify, pg-boss send a POST',
} as const;

/** A door without validation, tokens or rules over one way of storing. */
export async function bareDoor(bench: BenchStack, way: keyof typeof DOORS, ms: number, load: ChildProgram): Promise<Contender> {
  const [port = 0] = await freePorts(1);
  const name = `bench_door_${way}`;
  const url = way === 'boss' ? await bench.database(name) : await migratedIntakeDatabase(bench, name);
  const door = new ChildProgram('dist/bench/peers/doors/door.main.js', { DATABASE_URL: url, PORT: String(port), WAY: way });
  await door.ask({});
  return {
    name: DOORS[way],
    async round(number) {
      const round = await loadDoor(load, port, number, ms, {});
      if (number === 0) await bench.settle(bench.urlOf(name));
      return round;
    },
    end: () => door.end(),
  };
}

/** One round of submissions; anything but 201 is a fault of the bench. */
export async function loadDoor(
  load: ChildProgram,
  port: number,
  number: number,
  ms: number,
  headers: Readonly<Record<string, string>>,
): Promise<Round> {
  const result = await load.ask<LoadResult>({
    port,
    path: '/v1/requests',
    headers,
    body: SUBMISSION,
    prefix: `g${String(number)}-`,
    connections: CONNECTIONS,
    ms,
  });
  const { 201: created = 0, ...others } = result.statuses;
  if (created !== result.answered) throw new Error(`${JSON.stringify(others)}: ${result.firstRefusal ?? ''}`);
  return result;
}
