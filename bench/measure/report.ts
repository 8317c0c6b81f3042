import { HOW_TO_READ, type Table } from './how-to-read.ts';
import type { ContenderResult } from './rounds.ts';

export interface Goal {
  /** The name of the contender to compare with. */
  readonly against: string;
  readonly atLeast: number;
  /** The name of our contender in this comparison. Without it, the first one is used. */
  readonly by?: string;
}

/** Renders one comparison: ours first, then each peer with the ratio and its goal, if it has one. */
export function renderComparison(
  name: Table,
  results: readonly ContenderResult[],
  goals: readonly Goal[],
): string {
  const [ours] = results;
  if (!ours) return '';
  const latencies = results.some(({ median }) => median.p99Ms !== undefined);
  const head = [
    'what',
    'per second (median)',
    'rounds',
    ...(latencies ? ['ack p50 / p99 ms'] : []),
    'ours ÷ this',
    'goal',
  ];
  const lines = results.map((result) => {
    const goal = goals.find(({ against }) => against === result.name);
    const compared = results.find(({ name }) => name === goal?.by) ?? ours;
    const ratio = compared.median.perSecond / result.median.perSecond;
    const { p50Ms, p99Ms } = result.median;
    return [
      result.name,
      formatWhole(result.median.perSecond),
      result.rounds.map(({ perSecond }) => formatWhole(perSecond)).join(', '),
      ...(latencies
        ? [p50Ms === undefined || p99Ms === undefined ? '–' : `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)}`]
        : []),
      result === ours ? '–' : ratio.toFixed(2),
      goal ? describeAtLeast(ratio, goal.atLeast) : '–',
    ];
  });
  return renderTable(name, head, lines);
}

export function renderTable(
  name: Table,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `**How to read it:** ${HOW_TO_READ[name]}`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...lines.map(row),
  ].join('\n');
}

export const formatWhole = (value: number): string => Math.round(value).toLocaleString('en-GB');

export const describeAtLeast = (value: number, goal: number): string =>
  `≥ ${String(goal)}: ${met(value >= goal)}`;
export const describeAtMost = (value: number, goal: number): string =>
  `≤ ${String(goal)}: ${met(value <= goal)}`;

const met = (is: boolean): string => (is ? 'met' : '**not met**');
