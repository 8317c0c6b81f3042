import { Refusal } from '#contracts';

const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';
/** A race is lost at most once per rival; five rivals at the same moment are already unlikely. */
const TRIES_MAX = 5;

/**
 * Another transaction stored the same key or reference in every attempt. Nothing was stored here, and the
 * same work may succeed later.
 */
export class RaceLost extends Error {
  constructor(cause: unknown) {
    super(`another transaction stored the same key or reference ${TRIES_MAX} times`, { cause });
    this.name = 'RaceLost';
  }
}

/**
 * Runs work again if it lost a race for a key or a reference, so that it sees the winner. Throws RaceLost
 * after the last attempt.
 */
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
 * Turns a lost race into the refusal `in-flight` for REST, whose caller repeats the call. Over Kafka it stays
 * a temporary error, because a refusal would be stored as final.
 */
export async function refusingLostRaces<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof RaceLost)) throw error;
    const refusal = new Refusal(
      'in-flight',
      'A request with the same key or reference is still being processed. Nothing was stored. Send yours again unchanged.',
    );
    refusal.cause = error;
    throw refusal;
  }
}
