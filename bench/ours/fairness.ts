import { ChildProgram } from '../measure/child-program.ts';
import type { LoadOrder, LoadResult } from '../load/http-load.ts';
import { describeAtMost, renderTable } from '../measure/report.ts';
import type { Contender, ContenderResult } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { CONNECTIONS, FORCE, SUBMISSION } from '../measure/work.ts';
import { startIntakeAlone, submitterHeaders } from './intake-alone.ts';

/** The quiet force sends its share of requests per second, the other force ten times its share. */
const SHARE = 50;
const FLOOD_PER_SECOND = SHARE * 10;
/** If a limit is set, a force may send twice its share of requests per second. */
const LIMIT = SHARE * 2;
const QUIET_CONNECTIONS = 16;
const RATIO_MAX = 2;

const NAMES = {
  alone: 'quiet force, alone',
  limited: `quiet force, while another sends ${String(FLOOD_PER_SECOND)}/s against a limit of ${String(LIMIT)}/s`,
  unlimited: `quiet force, while another sends ${String(FLOOD_PER_SECOND)}/s below the demonstration’s limits`,
};

/** Opens contenders in which one force sends its share: alone, and beside a force that floods intake. */
export async function openFairness(bench: BenchStack, ms: number): Promise<Contender[]> {
  const [quiet] = Object.keys(bench.run.forces).filter((force) => force !== FORCE);
  if (quiet === undefined) throw new Error('fairness needs two forces, but the deployment has only one');
  const limited = await startIntakeAlone(bench, 'bench_fair_limited', {
    CONCORDAT_FORCE_LIMITS: `*=${String(LIMIT)}/${String(QUIET_CONNECTIONS)}`,
  });
  const unlimited = await startIntakeAlone(bench, 'bench_fair_unlimited');
  const quietHeaders = await submitterHeaders(bench, quiet);
  const floodHeaders = await submitterHeaders(bench, FORCE);
  const quietLoad = new ChildProgram('bench/load/http-load.ts');
  const floodLoad = new ChildProgram('bench/load/http-load.ts');

  const order = (port: number, prefix: string, headers: LoadOrder['headers'][number]): LoadOrder => ({
    port,
    path: '/v1/requests',
    headers: [headers],
    body: SUBMISSION,
    prefix,
    connections: QUIET_CONNECTIONS,
    ms,
    rate: SHARE,
  });
  const contender = (
    name: string,
    letter: string,
    port: number,
    flooded: boolean,
    end: Contender['end'],
  ): Contender => ({
    name,
    async round(number) {
      const prefix = `${letter}${String(number)}-`;
      const flood = flooded
        ? floodLoad.ask({
            ...order(port, prefix, await floodHeaders()),
            connections: CONNECTIONS,
            rate: FLOOD_PER_SECOND,
          })
        : undefined;
      const [result] = await Promise.all([
        quietLoad.ask<LoadResult>(order(port, prefix, await quietHeaders())),
        flood,
      ]);
      if (result.statuses['201'] !== result.answered)
        throw new Error(`the quiet force was refused: ${result.firstRefusal ?? ''}`);
      return result;
    },
    end,
  });
  return [
    contender(NAMES.alone, 'a', limited.port, false, async () => undefined),
    contender(NAMES.limited, 'l', limited.port, true, limited.stop),
    contender(NAMES.unlimited, 'u', unlimited.port, true, async () => {
      await Promise.all([unlimited.stop(), quietLoad.end(), floodLoad.end()]);
    }),
  ];
}

/** Renders the waiting times of the quiet force. The first result must be the force alone. */
export function renderFairness(results: readonly ContenderResult[]): string {
  const alone = results[0]?.median.p99Ms ?? Number.NaN;
  const lines = results.map(({ name, rounds, median: { p50Ms = Number.NaN, p99Ms = Number.NaN } }, place) => {
    const ratio = p99Ms / alone;
    const goal = `${ratio.toFixed(2)} (${describeAtMost(ratio, RATIO_MAX)})`;
    const all = rounds.map((round) => round.p99Ms?.toFixed(1) ?? '–').join(', ');
    return [name, p50Ms.toFixed(1), p99Ms.toFixed(1), all, place === 0 ? '–' : goal];
  });
  return renderTable(
    'fairness',
    ['what', 'ack p50 ms', 'ack p99 ms (median)', 'p99 of the rounds', 'p99 ÷ alone'],
    lines,
  );
}
