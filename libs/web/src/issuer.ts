import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { Refusal } from '#contracts';

/**
 * Keys outlive an outage of the identity provider by this much, and no longer: then everything new is refused. A key that
 * was taken back lives here as long, and five minutes more in the tokens that are remembered.
 */
const KEYS_LIVE_MS = 20 * 60_000;
const ANSWER_WITHIN_MS = 5_000;

interface DiscoveryDocument {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly token_endpoint: string;
}

/** One OpenID Connect issuer, found through its discovery document at first need: a service starts without it. */
export class Issuer {
  private document: Promise<DiscoveryDocument> | undefined;
  private keySet: ReturnType<typeof createRemoteJWKSet> | undefined;

  /** `insecure` takes addresses without TLS beyond loopback: see OIDC_INSECURE_ISSUER. */
  constructor(
    readonly url: string,
    private readonly insecure: boolean = false,
  ) {
    if (!this.mayBeAsked(url)) {
      throw new Error(
        `OIDC_ISSUER ${url} must use https: keys fetched in the clear can be replaced. On a private network for development, set OIDC_INSECURE_ISSUER=development.`,
      );
    }
  }

  /** The discovery document; a failure is not remembered, so the next caller asks again. */
  discover(): Promise<DiscoveryDocument> {
    this.document ??= this.readDiscovery().catch((error: unknown) => {
      this.document = undefined;
      throw error;
    });
    return this.document;
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

  private async readDiscovery(): Promise<DiscoveryDocument> {
    const url = `${this.url.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const document = (await response.json()) as Partial<DiscoveryDocument>;
    if (document.issuer !== this.url) throw new Error(`${url} speaks for another issuer: ${String(document.issuer)}`);
    const { jwks_uri: keys, token_endpoint: tokens } = document;
    if (typeof keys !== 'string' || typeof tokens !== 'string') throw new Error(`${url} names no keys or token endpoint`);
    if (!this.mayBeAsked(keys) || !this.mayBeAsked(tokens)) throw new Error(`${url} names keys or a token endpoint without https`);
    return document as DiscoveryDocument;
  }

  private mayBeAsked(url: string): boolean {
    const { protocol, hostname } = new URL(url);
    if (protocol === 'https:') return true;
    return protocol === 'http:' && (this.insecure || ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
  }
}
