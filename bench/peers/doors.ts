import { freePorts } from '../../deploy/local/ports.ts';
import { ChildProgram } from '../measure/child-program.ts';
import { loadDoor } from '../load/load-door.ts';
import type { Contender } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { createIntakeDatabase } from '../ours/intake-alone.ts';
import { startRedis } from './redis.ts';

export const DOORS = {
  grouped: 'bare Fastify, same statement and grouping',
  single: 'bare Fastify, one transaction a POST',
  boss: 'bare Fastify, pg-boss send a POST',
  bullmq: 'bare Fastify, BullMQ add a POST (Redis, append-only file, fsync always)',
} as const;
type DoorKind = keyof typeof DOORS;

/** Opens a door of this kind, without validation, tokens and rules. */
export async function openBareDoor(
  bench: BenchStack,
  kind: DoorKind,
  ms: number,
  load: ChildProgram,
): Promise<Contender> {
  const [port = 0, redisPort = 0] = await freePorts(2);
  const name = `bench_door_${kind}`;
  const redis = kind === 'bullmq' ? await startRedis(redisPort) : undefined;
  const environment: Readonly<Record<string, string>> = redis
    ? { REDIS_PORT: String(redisPort) }
    : { DATABASE_URL: await createDatabase(bench, kind, name) };
  const door = new ChildProgram('dist/bench/peers/doors/door.main.js', {
    ...environment,
    PORT: String(port),
    WAY: kind,
  });
  await door.ask({});
  return {
    name: DOORS[kind],
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

function createDatabase(bench: BenchStack, kind: DoorKind, name: string): Promise<string> {
  return kind === 'boss' ? bench.createDatabase(name) : createIntakeDatabase(bench, name);
}
