import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { discoverIssuer, type DiscoveryDocument } from '#client';
import { Refusal } from '#contracts';

/**
 * Keys outlive an outage of the identity provider by this much, and no longer: then everything new is refused. A key that
 * was taken back lives here as long, and five minutes more in the tokens that are remembered.
 */
const KEYS_LIVE_MS = 20 * 60_000;
const ANSWER_WITHIN_MS = 5_000;

/** The keys of one OpenID Connect issuer, which is looked for at first need: a service starts without it. */
export class Issuer {
  private readonly discover: () => Promise<DiscoveryDocument>;
  private keySet: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(url: string, insecure?: boolean) {
    this.discover = discoverIssuer(url, insecure);
  }

  /** Finds the key of a token. An issuer that cannot be asked is `unavailable`; a key it does not have is no key. */
  readonly keys: JWTVerifyGetKey = async (header, token) => {
    try {
      this.keySet ??= createRemoteJWKSet(new URL((await this.discover()).jwks_uri), {
        cacheMaxAge: KEYS_LIVE_MS,
        timeoutDuration: ANSWER_WITHIN_MS,
      });
      return await this.keySet(header, token);
    } catch (error) {
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported
      ) {
        throw error;
      }
      const refusal = new Refusal('unavailable', 'The identity provider cannot be asked whether this access token is valid.');
      // For the log only; the answer tells nothing of it.
      refusal.cause = error;
      throw refusal;
    }
  };
}
