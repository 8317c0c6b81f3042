import { ChildProgram } from '../measure/child-program.ts';
import type { LoadOrder, LoadResult } from '../load/http-load.ts';
import { atMost, table } from '../measure/report.ts';
import type { Contender, Standing } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { CONNECTIONS, FORCE, SUBMISSION } from '../measure/work.ts';
import { startIntakeAlone, submitterHeaders } from './intake-alone.ts';

/** Requests a second: the quiet force sends its share, the other one ten times its own. */
const SHARE = 50;
const FLOOD_PER_SECOND = SHARE * 10;
/** Requests a second that a force may send, where a limit is set: twice its share. */
const LIMIT = SHARE * 2;
const QUIET_CONNECTIONS = 16;
const RATIO_MAX = 2;

const NAMES = {
  alone: 'quiet force, alone',
  limited: `quiet force, while another sends ${String(FLOOD_PER_SECOND)}/s against a limit of ${String(LIMIT)}/s`,
  unlimited: `quiet force, while another sends ${String(FLOOD_PER_SECOND)}/s below the demonstration’s limits`,
};

/** One force at its own pace through the door of intake, alone and beside one that floods it. */
export async function fairness(bench: BenchStack, ms: number): Promise<Contender[]> {
  const [quiet] = Object.keys(bench.run.forces).filter((force) => force !== FORCE);
  if (quiet === undefined) throw new Error('fairness is between two forces: the deployment has one');
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

/** What the quiet force waits, alone and beside the flood; the first standing is the one alone. */
export function fairnessTable(standings: readonly Standing[]): string {
  const alone = standings[0]?.median.p99Ms ?? Number.NaN;
  const lines = standings.map(
    ({ name, rounds, median: { p50Ms = Number.NaN, p99Ms = Number.NaN } }, place) => {
      const ratio = p99Ms / alone;
      const goal = `${ratio.toFixed(2)} (${atMost(ratio, RATIO_MAX)})`;
      const all = rounds.map((round) => round.p99Ms?.toFixed(1) ?? '–').join(', ');
      return [name, p50Ms.toFixed(1), p99Ms.toFixed(1), all, place === 0 ? '–' : goal];
    },
  );
  return table(
    'fairness',
    ['what', 'ack p50 ms', 'ack p99 ms (median)', 'p99 of the rounds', 'p99 ÷ alone'],
    lines,
  );
}
