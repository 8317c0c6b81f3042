import { setTimeout } from 'node:timers/promises';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { discoverIssuer, type DiscoveryDocument } from '#client';
import { Refusal } from '#contracts';

/**
 * Keys outlive an outage of the identity provider by this much, and no longer: then everything new is refused. A key that
 * was taken back lives here as long, and five minutes more in the tokens that are remembered.
 */
const KEYS_LIVE_MS = 20 * 60_000;
const ANSWER_WITHIN_MS = 5_000;
/**
 * A key that is not in memory is looked for this often at most, however many tokens name one: a flood of invented keys costs the
 * identity provider one answer a second. A token that comes sooner waits, because its key may have been published a moment ago.
 */
const LOOK_AGAIN_AFTER_MS = 1_000;
/** A neighbour may look first while a token waits; more often than this the key is not there. */
const WAITS_MAX = 2;

/** The keys of one OpenID Connect issuer, which is looked for at first need: a service starts without it. */
export class Issuer {
  private readonly discover: () => Promise<DiscoveryDocument>;
  private keySet: ReturnType<typeof createRemoteJWKSet> | undefined;
  /** One timer for all tokens that wait. */
  private nextLook: Promise<void> | undefined;

  constructor(url: string, insecure?: boolean) {
    this.discover = discoverIssuer(url, insecure);
  }

  /** Finds the key of a token. An issuer that cannot be asked is `unavailable`; a key it does not have is no key. */
  readonly keys: JWTVerifyGetKey = async (header, token) => {
    try {
      this.keySet ??= createRemoteJWKSet(new URL((await this.discover()).jwks_uri), {
        cacheMaxAge: KEYS_LIVE_MS,
        timeoutDuration: ANSWER_WITHIN_MS,
        cooldownDuration: LOOK_AGAIN_AFTER_MS,
      });
      return await this.find(this.keySet, header, token);
    } catch (error) {
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported
      ) {
        throw error;
      }
      const refusal = new Refusal(
        'unavailable',
        'The identity provider cannot be asked whether this access token is valid.',
      );
      // For the log only; the answer tells nothing of it.
      refusal.cause = error;
      throw refusal;
    }
  };

  private async find(
    keySet: ReturnType<typeof createRemoteJWKSet>,
    ...wanted: Parameters<JWTVerifyGetKey>
  ): ReturnType<typeof keySet> {
    for (let waits = 0; ; waits += 1) {
      // Otherwise the set looks for an unknown key by itself, and what it then says is final.
      const tooSoon = keySet.coolingDown;
      try {
        return await keySet(...wanted);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !tooSoon || waits === WAITS_MAX) throw error;
      }
      this.nextLook ??= setTimeout(LOOK_AGAIN_AFTER_MS).finally(() => (this.nextLook = undefined));
      await this.nextLook;
    }
  }
}
