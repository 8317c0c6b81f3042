import { Refusal } from '#contracts';
import type { HttpReply } from './caller.ts';
import type { Setting } from './read-config.ts';

/** The limit of one force at one replica. */
export interface ForceLimit {
  /** Requests a second; a burst may use the requests of one second at once. */
  readonly perSecond: number;
  /** Requests that are not answered yet. */
  readonly atOnce: number;
}

/** Limits by force; `*` stands for every force that is not named. */
export type ForceLimitTable = ReadonlyMap<string, ForceLimit>;

const EVERY_OTHER = '*';
/** One process cannot take in this much from one force, so an import at full speed meets no limit. */
const DEMONSTRATION: ForceLimitTable = new Map([[EVERY_OTHER, { perSecond: 10_000, atOnce: 512 }]]);

/**
 * Reads requests a second and at once by force, such as `*=10000/512;north=500/64`. A force that is not named
 * gets the limit of `*`, which defaults to that of the demonstration.
 */
export const forceLimitsSetting = (name: string): Setting<ForceLimitTable> => ({
  name,
  expects: 'force=requests a second/requests at once, separated by ";", with * for every other force',
  fallback: { value: DEMONSTRATION },
  read(text) {
    const entries = text
      .split(';')
      .map((entry) => /^\s*(\*|[a-z][a-z0-9-]*)=([1-9]\d{0,5})\/([1-9]\d{0,5})\s*$/.exec(entry));
    const named = entries.flatMap((found) =>
      found ? [[found[1] ?? '', limitOf(found[2], found[3])] as const] : [],
    );
    if (named.length < entries.length || new Set(named.map(([force]) => force)).size < named.length)
      return undefined;
    return new Map([...DEMONSTRATION, ...named]);
  },
});

const limitOf = (perSecond: string | undefined, atOnce: string | undefined): ForceLimit => ({
  perSecond: Number(perSecond),
  atOnce: Number(atOnce),
});

/** The state of one force's limit. */
interface Use {
  readonly limit: ForceLimit;
  readonly policy: string;
  /** Requests left in the window; refilled as time passes. */
  left: number;
  filledAt: number;
  open: number;
}

/**
 * A token bucket and a count of open requests per force, for this process only. Every answer to a force
 * carries the rest (RateLimit and RateLimit-Policy, draft-ietf-httpapi-ratelimit-headers-10). Beyond it the
 * answer is 429 with Retry-After.
 */
export class ForceLimits {
  private readonly uses = new Map<string, Use>();

  /** `now` returns milliseconds that never decrease. */
  constructor(
    private readonly table: ForceLimitTable,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Counts the request until its answer is sent or the connection is closed. Throws a Refusal beyond the
   * limit.
   */
  enter(force: string, reply: HttpReply): void {
    const use = this.useOf(force);
    const { perSecond, atOnce } = use.limit;
    const now = this.now();
    use.left = Math.min(perSecond, use.left + ((now - use.filledAt) / 1000) * perSecond);
    use.filledAt = now;
    const tooMany = use.open >= atOnce ? 'at-once' : use.left < 1 ? 'default' : undefined;
    if (tooMany === undefined) {
      use.left -= 1;
      // A client that hung up during token verification has closed already, and would be counted for ever.
      if (!reply.raw.destroyed) {
        use.open += 1;
        reply.raw.once('close', () => (use.open -= 1));
      }
    }
    reply
      .header('ratelimit-policy', use.policy)
      .header('ratelimit', `"default";r=${Math.floor(use.left)};t=1, "at-once";r=${atOnce - use.open}`);
    if (tooMany === undefined) return;
    const limit = tooMany === 'at-once' ? `${atOnce} requests at once` : `${perSecond} requests a second`;
    throw new Refusal(
      'too-many-requests',
      `The limit for this force is ${limit}. Nothing was stored. Wait for Retry-After, then send the request again.`,
    );
  }

  private useOf(force: string): Use {
    const known = this.uses.get(force);
    if (known) return known;
    const limit = this.table.get(force) ?? this.table.get(EVERY_OTHER);
    if (!limit) throw new Error('a table of limits has an entry for every other force');
    const policy = `"default";q=${limit.perSecond};w=1, "at-once";q=${limit.atOnce};qu="concurrent-requests"`;
    const use = { limit, policy, left: limit.perSecond, filledAt: this.now(), open: 0 };
    this.uses.set(force, use);
    return use;
  }
}
