import { freePorts } from '../../deploy/local/ports.ts';
import { ChildProgram } from '../measure/child-program.ts';
import { loadDoor } from '../load/load-door.ts';
import type { Contender } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { migratedIntakeDatabase } from '../ours/intake-alone.ts';
import { startRedis } from './redis.ts';

export const DOORS = {
  grouped: 'bare Fastify, same statement and grouping',
  single: 'bare Fastify, one transaction a POST',
  boss: 'bare Fastify, pg-boss send a POST',
  bullmq: 'bare Fastify, BullMQ add a POST (Redis, append-only file, fsync always)',
} as const;
type Way = keyof typeof DOORS;

/** A door without validation, tokens or rules over one way of storing. */
export async function bareDoor(
  bench: BenchStack,
  way: Way,
  ms: number,
  load: ChildProgram,
): Promise<Contender> {
  const [port = 0, redisPort = 0] = await freePorts(2);
  const name = `bench_door_${way}`;
  const redis = way === 'bullmq' ? await startRedis(redisPort) : undefined;
  const environment: Readonly<Record<string, string>> = redis
    ? { REDIS_PORT: String(redisPort) }
    : { DATABASE_URL: await databaseOf(bench, way, name) };
  const door = new ChildProgram('dist/bench/peers/doors/door.main.js', {
    ...environment,
    PORT: String(port),
    WAY: way,
  });
  await door.ask({});
  return {
    name: DOORS[way],
    async round(number) {
      const round = await loadDoor(load, port, number, ms, {});
      if (number === 0 && !redis) await bench.settle(bench.urlOf(name));
      return round;
    },
    async end() {
      await door.end();
      await redis?.stop();
    },
  };
}

function databaseOf(bench: BenchStack, way: Way, name: string): Promise<string> {
  return way === 'boss' ? bench.database(name) : migratedIntakeDatabase(bench, name);
}
