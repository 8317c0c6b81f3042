import { LifeAtRate, type Delays } from '../ours/life-at-rate.ts';
import { USUAL_LOAD, type Measurement } from '../measure/measurement.ts';
import { describeAtMost, renderTable, formatWhole } from '../measure/report.ts';
import { median, quantile } from '../measure/rounds.ts';

const ROUND_SECONDS = 20;

/** The measured delays, with their goals in milliseconds. */
const MEASURED: readonly {
  readonly what: string;
  readonly p99Max: number;
  readonly of: (delays: Delays) => { p50: number; p99: number };
}[] = [
  { what: 'submitted → 201', p99Max: 25, of: ({ acknowledged }) => acknowledged },
  { what: 'submitted → seen in the queue', p99Max: 100, of: ({ visible }) => quantilesOf(visible) },
  {
    what: 'submitted → answer read from the feed',
    p99Max: 250,
    of: ({ delivered }) => quantilesOf(delivered),
  },
];

export const delays: Measurement = {
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
        describeAtMost(p99, p99Max),
      ];
    });
    return [
      `The capacity, measured first in the same run like G2, is ${formatWhole(perSecond)} whole lives a second. The load is ${formatWhole(rate)} a second, however long the answers take.`,
      HOW,
      '',
      renderTable('delays', ['from → to', 'p50 ms', 'p99 ms (median)', 'p99 of the rounds', 'goal'], lines),
    ].join('\n');
  },
};

const HOW = [
  'Each request has a due time, and waiting for the answer before it counts as delay. Automatic workers',
  'take the next requests as soon as they are free. Each force polls its feed every 100 ms, and a',
  'member of staff polls the queue every 50 ms; these intervals count as well. A request is seen when',
  'it first appears on a page of the queue or when a worker takes it, whichever comes first. All times',
  'are on the machine’s monotonic clock.',
].join('\n');

function quantilesOf(sorted: readonly number[]): { p50: number; p99: number } {
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
