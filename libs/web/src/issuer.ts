import { setTimeout } from 'node:timers/promises';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { discoverIssuer, type DiscoveryDocument } from '#client';
import { Refusal } from '#contracts';

/**
 * Keys stay usable this long while the identity provider is down; after that, new tokens are refused. A
 * withdrawn key also lives this long, and five minutes more in the tokens that are remembered.
 */
const KEYS_LIVE_MS = 20 * 60_000;
const ANSWER_WITHIN_MS = 5_000;
/**
 * An unknown key is looked up this often at most, so a flood of invented keys costs the identity provider one
 * answer a second. A token that arrives sooner waits, because its key may have been published a moment ago.
 */
const LOOK_AGAIN_AFTER_MS = 1_000;
/** Another token may use the look-up while this one waits; after this many waits the key does not exist. */
const WAITS_MAX = 2;

/**
 * The keys of one OpenID Connect issuer. They are fetched at first use, so that a service can start without
 * the issuer.
 */
export class Issuer {
  private readonly discover: () => Promise<DiscoveryDocument>;
  private keySet: ReturnType<typeof createRemoteJWKSet> | undefined;
  /** All waiting tokens share one timer. */
  private nextLook: Promise<void> | undefined;

  constructor(url: string, insecure?: boolean) {
    this.discover = discoverIssuer(url, insecure);
  }

  /** Finds the key of a token. If the issuer cannot be reached, the refusal is `unavailable`. */
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
        'The identity provider cannot be reached, so the access token cannot be verified. Try again shortly.',
      );
      // Only the log shows the cause; the answer does not.
      refusal.cause = error;
      throw refusal;
    }
  };

  private async find(
    keySet: ReturnType<typeof createRemoteJWKSet>,
    ...wanted: Parameters<JWTVerifyGetKey>
  ): ReturnType<typeof keySet> {
    for (let waits = 0; ; waits += 1) {
      // Without a cool-down the set looks an unknown key up itself, and its answer is final.
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
