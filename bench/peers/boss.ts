import { ChildProgram } from '../child-program.ts';
import type { BenchParts } from '../parts.ts';
import type { Contender } from '../rounds.ts';
import { REPAIR } from '../work.ts';

/** pg-boss doing the whole life inside one process. */
export async function bossLife(bench: BenchParts, mode: 'per-item' | 'batched', requests: number): Promise<Contender> {
  const url = await bench.database(`bench_boss_${mode.replace('-', '_')}`);
  const life = new ChildProgram('bench/peers/boss-life.ts', { DATABASE_URL: url });
  return {
    name: mode === 'per-item' ? 'a transaction + pg-boss per item' : 'two pg-boss hops, batches of 100',
    async round(number) {
      const result = await life.ask<{ perSecond: number }>({ mode, requests, batch: 100, body: { reference: 'x', ...REPAIR } });
      if (number === 0) await bench.settle(url);
      return result;
    },
    end: () => life.end(),
  };
}
