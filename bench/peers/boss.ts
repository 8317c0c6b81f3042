import { ChildProgram } from '../measure/child-program.ts';
import type { BenchStack } from '../measure/stack.ts';
import type { Contender } from '../measure/rounds.ts';
import { JOB } from '../measure/work.ts';

export const BOSS = {
  'per-item': 'a transaction + pg-boss per item',
  batched: 'two pg-boss hops, batches of 100',
} as const;

/** Opens pg-boss as a contender that does the whole life inside one process. */
export async function openBossLife(
  bench: BenchStack,
  mode: 'per-item' | 'batched',
  requests: number,
): Promise<Contender> {
  const url = await bench.createDatabase(`bench_boss_${mode.replace('-', '_')}`);
  const life = new ChildProgram('bench/peers/boss-life.ts', { DATABASE_URL: url });
  return {
    name: BOSS[mode],
    async round(number) {
      const result = await life.ask<{ perSecond: number }>({ mode, requests, batch: 100, body: JOB });
      if (number === 0) await bench.settle(url);
      return result;
    },
    end: () => life.end(),
  };
}
