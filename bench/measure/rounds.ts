/** One way of doing the same work. */
export interface Contender {
  readonly name: string;
  /** One measured round; requests a second, and latencies where the way has them. */
  round(number: number): Promise<Round>;
  end(): Promise<void>;
}

export interface Round {
  readonly perSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

export interface Standing {
  readonly name: string;
  readonly rounds: readonly Round[];
  readonly median: Round;
}

/**
 * Rounds of all contenders in turn, so that the machine's moods fall on each alike; round 0 warms up and does not count.
 * Every second round goes backwards: nobody is always measured after the same neighbour.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  say: (line: string) => void,
): Promise<Standing[]> {
  const measured = new Map(contenders.map(({ name }) => [name, [] as Round[]]));
  for (let number = 0; number <= rounds; number += 1) {
    const order = number % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      const round = await contender.round(number);
      say(
        `${number === 0 ? 'warm-up' : `round ${String(number)}`}  ${contender.name}: ${round.perSecond.toFixed(0)}/s`,
      );
      if (number > 0) measured.get(contender.name)?.push(round);
    }
  }
  return [...measured].map(([name, all]) => ({
    name,
    rounds: all,
    median: {
      perSecond: median(all.map(({ perSecond }) => perSecond)),
      ...(all[0]?.p50Ms !== undefined && { p50Ms: median(all.map(({ p50Ms }) => p50Ms ?? 0)) }),
      ...(all[0]?.p99Ms !== undefined && { p99Ms: median(all.map(({ p99Ms }) => p99Ms ?? 0)) }),
    },
  }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Of values in ascending order; the share is from 0 to 1. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
