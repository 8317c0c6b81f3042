import { HOW_TO_READ, type Table } from './how-to-read.ts';
import type { Standing } from './rounds.ts';

export interface Goal {
  /** Name of the contender that ours is measured against. */
  readonly against: string;
  readonly atLeast: number;
  /** The way of ours that is measured against it; the first when left out. */
  readonly by?: string;
}

/** One comparison: ours first, then each peer with the ratio and, where there is one, the goal. */
export function comparison(name: Table, standings: readonly Standing[], goals: readonly Goal[]): string {
  const [ours] = standings;
  if (!ours) return '';
  const latencies = standings.some(({ median }) => median.p99Ms !== undefined);
  const head = [
    'what',
    'per second (median)',
    'rounds',
    ...(latencies ? ['ack p50 / p99 ms'] : []),
    'ours ÷ this',
    'goal',
  ];
  const lines = standings.map((standing) => {
    const goal = goals.find(({ against }) => against === standing.name);
    const way = standings.find(({ name }) => name === goal?.by) ?? ours;
    const ratio = way.median.perSecond / standing.median.perSecond;
    const { p50Ms, p99Ms } = standing.median;
    return [
      standing.name,
      whole(standing.median.perSecond),
      standing.rounds.map(({ perSecond }) => whole(perSecond)).join(', '),
      ...(latencies
        ? [p50Ms === undefined || p99Ms === undefined ? '–' : `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)}`]
        : []),
      standing === ours ? '–' : ratio.toFixed(2),
      goal ? atLeast(ratio, goal.atLeast) : '–',
    ];
  });
  return table(name, head, lines);
}

export function table(name: Table, head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `**How to read it:** ${HOW_TO_READ[name]}`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...lines.map(row),
  ].join('\n');
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

export const atLeast = (value: number, goal: number): string => `≥ ${String(goal)}: ${met(value >= goal)}`;
export const atMost = (value: number, goal: number): string => `≤ ${String(goal)}: ${met(value <= goal)}`;

const met = (is: boolean): string => (is ? 'met' : '**not met**');
