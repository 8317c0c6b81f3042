import { Refusal } from '#contracts';

const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';
/** A race is lost at most once per rival; five rivals at one moment are already unlikely. */
const TRIES_MAX = 5;

/** The same key or reference was taken by somebody else each time: nothing was stored, and the same work may succeed later. */
export class RaceLost extends Error {
  constructor(cause: unknown) {
    super(`a key or a reference was taken by another transaction ${TRIES_MAX} times`, { cause });
    this.name = 'RaceLost';
  }
}

/** Runs work again when it lost a race for a key or a reference: then it sees the winner. Throws RaceLost when it never does. */
export async function retryingRaces<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: unknown } | null)?.code;
      if (code !== UNIQUE_VIOLATION && code !== DEADLOCK) throw error;
      if (tries >= TRIES_MAX) throw new RaceLost(error);
    }
  }
}

/**
 * For REST: a race that stays lost is told as `in-flight`, and the sender repeats it. Over Kafka it stays an error that passes:
 * a refusal would be kept as one.
 */
export async function tellingInFlight<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof RaceLost)) throw error;
    const refusal = new Refusal(
      'in-flight',
      'A request with the same key or reference is still being processed. Nothing was stored. Repeat yours unchanged.',
    );
    refusal.cause = error;
    throw refusal;
  }
}
