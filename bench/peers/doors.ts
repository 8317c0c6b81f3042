import { freePorts } from '../../deploy/local/ports.ts';
import { ChildProgram } from '../child-program.ts';
import { loadDoor } from '../load/load-door.ts';
import type { Contender } from '../rounds.ts';
import type { BenchStack } from '../stack.ts';
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
