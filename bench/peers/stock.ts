import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../../deploy/local/ports.ts';
import { ChildProgram } from '../measure/child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { Contender } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { CONNECTIONS, SUBMISSION } from '../measure/work.ts';

export const STOCK = 'stock Nest ServerKafka + TypeORM pair';

/**
 * Opens a pair of Nest services with TypeORM and ServerKafka, one request after another, as Nest's
 * documentation shows.
 */
export async function openStockLife(
  bench: BenchStack,
  requests: number,
  load: ChildProgram,
): Promise<Contender> {
  const topics = { REQUESTS_TOPIC: 'stock.requests', EVENTS_TOPIC: 'stock.events' };
  await bench.createTopics(Object.values(topics));
  const [port = 0] = await freePorts(1);
  const databases = {
    door: await bench.createDatabase('bench_stock_door'),
    unit: await bench.createDatabase('bench_stock_unit'),
  };
  const environment = { ...bench.kafkaEnvironment, ...topics };
  const door = new ChildProgram('dist/bench/peers/stock/door.main.js', {
    ...environment,
    DATABASE_URL: databases.door,
    PORT: String(port),
  });
  const unit = new ChildProgram('dist/bench/peers/stock/unit.main.js', {
    ...environment,
    DATABASE_URL: databases.unit,
  });
  await Promise.all([door.ask({}), unit.ask({})]);
  const readDelivered = async (): Promise<number> =>
    ((await (await fetch(`http://127.0.0.1:${String(port)}/delivered`)).json()) as { delivered: number })
      .delivered;
  return {
    name: STOCK,
    async round(number) {
      const before = await readDelivered();
      const began = performance.now();
      const submitted = await load.ask<LoadResult>({
        port,
        path: '/v1/requests',
        headers: [{}],
        body: SUBMISSION,
        prefix: `s${String(number)}-`,
        connections: CONNECTIONS,
        requests,
      });
      if (submitted.firstRefusal) throw new Error(`stock door: ${submitted.firstRefusal}`);
      while ((await readDelivered()) - before < requests) await pause(20);
      const seconds = (performance.now() - began) / 1000;
      if (number === 0) await Promise.all(Object.values(databases).map((url) => bench.settle(url)));
      return { perSecond: requests / seconds };
    },
    async end() {
      await Promise.all([door.end(), unit.end()]);
    },
  };
}
