import { LifeAtRate, type Delays } from '../ours/life-at-rate.ts';
import { USUAL_LOAD, type Part } from '../measure/measurement.ts';
import { atMost, table, whole } from '../measure/report.ts';
import { median, quantile } from '../measure/rounds.ts';

const ROUND_SECONDS = 20;

/** Goals are in milliseconds. */
const MEASURED: readonly {
  readonly what: string;
  readonly p99Max: number;
  readonly of: (delays: Delays) => { p50: number; p99: number };
}[] = [
  { what: 'submitted → 201', p99Max: 25, of: ({ acknowledged }) => acknowledged },
  { what: 'submitted → seen in the queue', p99Max: 100, of: ({ visible }) => quantiles(visible) },
  { what: 'submitted → answer read from the feed', p99Max: 250, of: ({ delivered }) => quantiles(delivered) },
];

export const delays: Part = {
  name: 'g3',
  title: 'G3: how long a request waits at 70 % of capacity',
  async measure({ bench, load, rounds, scale, say, capacity }) {
    const perSecond = await capacity();
    const rate = perSecond * USUAL_LOAD;
    const life = await LifeAtRate.open(bench, load);
    const found: Delays[] = [];
    try {
      for (let number = 0; number <= rounds; number += 1) {
        const round = await life.run(`d${String(number)}-`, rate, ROUND_SECONDS * scale);
        say(
          `${number === 0 ? 'warm-up' : `round ${String(number)}`}  p99 ${MEASURED.map(({ of }) => of(round).p99.toFixed(0)).join(', ')} ms`,
        );
        if (number > 0) found.push(round);
      }
    } finally {
      await life.end();
    }
    const lines = MEASURED.map(({ what, p99Max, of }) => {
      const each = found.map(of);
      const p99 = median(each.map((one) => one.p99));
      return [
        what,
        median(each.map((one) => one.p50)).toFixed(1),
        p99.toFixed(1),
        each.map((one) => one.p99.toFixed(1)).join(', '),
        atMost(p99, p99Max),
      ];
    });
    return [
      `Capacity, measured first in the same run as G2 does: ${whole(perSecond)} whole lives a second. Load: ${whole(rate)} a second, whatever the answers take:`,
      HOW,
      '',
      table('delays', ['from → to', 'p50 ms', 'p99 ms (median)', 'p99 of the rounds', 'goal'], lines),
    ].join('\n');
  },
};

const HOW = [
  'each request has its moment, and waiting behind a late answer counts. Automatic workers take what waits as soon as they are free; each force polls its feed every 100 ms, and a',
  'member of staff the queue every 50 ms, which counts as well. A request is seen when it first stands on a page of that queue or a worker has taken it, whichever comes first. All moments are on the machine’s',
  'monotonic clock.',
].join('\n');

function quantiles(sorted: readonly number[]): { p50: number; p99: number } {
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
