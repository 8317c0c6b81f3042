import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** Names the condition in the failure. */
  readonly says?: string;
}

/**
 * Repeats until the answer is truthy and returns it. After the time it throws with the last error or answer.
 */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  { withinMs = 20_000, everyMs = 25, says = 'the condition' }: EventuallyOptions = {},
): Promise<Exclude<Awaited<Result>, false | null | undefined | 0 | ''>> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (answer) return answer as Exclude<Awaited<Result>, false | null | undefined | 0 | ''>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(
        `${says} did not come within ${String(withinMs)} ms; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
        {
          cause: last,
        },
      );
    }
    await pause(everyMs);
  }
}
