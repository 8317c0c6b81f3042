/** One system that does the same work as the others. */
export interface Contender {
  readonly name: string;
  /** Runs one round and returns requests per second, and latencies if the contender measures them. */
  round(number: number): Promise<Round>;
  end(): Promise<void>;
}

export interface Round {
  readonly perSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

export interface ContenderResult {
  readonly name: string;
  readonly rounds: readonly Round[];
  readonly median: Round;
}

/**
 * Runs rounds of all contenders in turn, so that changes in the machine's speed affect all of them. Round 0
 * warms up and does not count. Every second round is in reverse order, so that no contender always follows
 * the same one.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  say: (line: string) => void,
): Promise<ContenderResult[]> {
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

/** The quantile of values in ascending order. The share is from 0 to 1. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
