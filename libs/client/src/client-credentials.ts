import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SignJWT, type JWK } from 'jose';
import { textOfUtf8 } from '#kernel';
import { discoverIssuer, type DiscoveryDocument } from './discover-issuer.ts';

export interface ClientCredentialsSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Path of a private P-256 key, as PEM or JWK. */
  readonly keyFile: string;
  /** Audience of the tokens: `urn:concordat:<service>` (RFC 8707). */
  readonly resource: string;
  /** Accepts an issuer on another machine without TLS: for a private network in development. */
  readonly insecureIssuer?: boolean;
}

/** An assertion is used at once. A minute covers a slow network and a clock that is slightly wrong. */
const ASSERTION_LIVES_SECONDS = 60;
/** A token is replaced when less than this is left, so that it does not expire during a call. */
const RENEW_BEFORE_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;

/**
 * There is no token, and another try changes nothing: the key cannot be read, or the identity provider
 * refuses it.
 */
export class SignInRefused extends Error {}

/** A client of the identity provider: OAuth 2.0 client credentials with `private_key_jwt` (RFC 7523). */
export class ClientCredentials {
  private readonly issuer: () => Promise<DiscoveryDocument>;
  private held: { readonly token: string; readonly renewAt: number } | undefined;
  private fetching: Promise<string> | undefined;

  constructor(private readonly settings: ClientCredentialsSettings) {
    this.issuer = discoverIssuer(settings.issuer, settings.insecureIssuer);
  }

  /**
   * Returns a token that is valid for at least another minute (or half its life, if that is shorter).
   * Concurrent callers share one fetch. Throws `SignInRefused` for a refusal, and other errors when a later
   * try may succeed.
   */
  token(): Promise<string> {
    if (this.held !== undefined && this.held.renewAt > Date.now()) return Promise.resolve(this.held.token);
    this.fetching ??= this.fetchToken().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** Forgets the current token, for example after a 401. */
  forget(): void {
    this.held = undefined;
  }

  private async fetchToken(): Promise<string> {
    const { clientId, resource } = this.settings;
    const assertion = await this.assertion();
    const { token_endpoint: endpoint } = await this.issuer();
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource,
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }),
    });
    const answer = (await response.json().catch(() => ({}))) as {
      access_token?: string;
      expires_in?: number;
      error?: string;
    };
    if (!response.ok || typeof answer.access_token !== 'string') {
      const why =
        `${endpoint} gave ${clientId} no token for ${resource}: ${response.status} ${answer.error ?? ''}`.trimEnd();
      throw [400, 401, 403].includes(response.status) ? new SignInRefused(why) : new Error(why);
    }
    const livesMs = (answer.expires_in ?? 0) * 1000;
    this.held = {
      token: answer.access_token,
      renewAt: Date.now() + Math.max(livesMs - RENEW_BEFORE_MS, livesMs / 2),
    };
    return answer.access_token;
  }

  private async assertion(): Promise<string> {
    const { clientId, issuer } = this.settings;
    const { key, kid } = await this.readKey();
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', ...(kid !== undefined && { kid }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(issuer)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${ASSERTION_LIVES_SECONDS}s`)
      .sign(key);
  }

  /** Reads the key for each token, so that a new key is used without a restart. */
  private async readKey(): Promise<{ key: KeyObject; kid: string | undefined }> {
    const { keyFile } = this.settings;
    try {
      const text = textOfUtf8(await readFile(keyFile));
      const jwk = text.includes('-----BEGIN') ? undefined : (JSON.parse(text) as JWK);
      const key = jwk ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPrivateKey(text);
      if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('its curve must be P-256');
      return { key, kid: jwk?.kid };
    } catch (error) {
      throw new SignInRefused(
        `${keyFile} is not a readable private key (PEM or JWK): ${(error as Error).message}`,
      );
    }
  }
}
