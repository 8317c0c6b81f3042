import { readFile } from 'node:fs/promises';
import { importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { newId } from '#kernel';
import { Issuer } from './issuer.ts';

export interface ClientCredentialsSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Path of the private key (a JWK of an ES256 key); or the key itself in `jwk`. */
  readonly keyFile?: string;
  readonly jwk?: JWK;
  /** Audience of the tokens: `urn:concordat:<service>` (RFC 8707). */
  readonly resource: string;
  /** See `takesInsecureIssuer`. */
  readonly insecureIssuer?: boolean;
}

/** An assertion is used at once; a minute covers a slow network and a clock that is a little off. */
const ASSERTION_LIVES_SECONDS = 60;
/** A token is replaced when less than this is left of it, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;

/** A client of the identity provider: OAuth 2.0 client credentials with `private_key_jwt` (RFC 7523). */
export class ClientCredentials {
  private readonly issuer: Issuer;
  private key: Promise<{ readonly key: CryptoKey | Uint8Array; readonly kid: string | undefined }> | undefined;
  private held: { readonly token: string; readonly renewAt: number } | undefined;
  private fetching: Promise<string> | undefined;

  constructor(private readonly settings: ClientCredentialsSettings) {
    this.issuer = new Issuer(settings.issuer, settings.insecureIssuer);
  }

  /** A token that lives for at least another minute (or half its life, if that is shorter); concurrent callers share one fetch. */
  token(): Promise<string> {
    if (this.held !== undefined && this.held.renewAt > Date.now()) return Promise.resolve(this.held.token);
    this.fetching ??= this.fetchToken().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** Forgets the token in hand, after a 401 for instance. */
  forget(): void {
    this.held = undefined;
  }

  private async fetchToken(): Promise<string> {
    const { clientId, resource } = this.settings;
    const { token_endpoint: endpoint } = await this.issuer.discover();
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource,
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await this.assertion(),
      }),
    });
    const answer = (await response.json().catch(() => ({}))) as { access_token?: string; expires_in?: number; error?: string };
    if (!response.ok || typeof answer.access_token !== 'string') {
      throw new Error(`${endpoint} gave ${clientId} no token for ${resource}: ${response.status} ${answer.error ?? ''}`.trimEnd());
    }
    const livesMs = (answer.expires_in ?? 0) * 1000;
    this.held = { token: answer.access_token, renewAt: Date.now() + Math.max(livesMs - RENEW_BEFORE_MS, livesMs / 2) };
    return answer.access_token;
  }

  private async assertion(): Promise<string> {
    this.key ??= this.readKey().catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    const { key, kid } = await this.key;
    const { clientId } = this.settings;
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', ...(kid !== undefined && { kid }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(this.settings.issuer)
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime(`${ASSERTION_LIVES_SECONDS}s`)
      .sign(key);
  }

  private async readKey(): Promise<{ key: CryptoKey | Uint8Array; kid: string | undefined }> {
    const { jwk, keyFile, clientId } = this.settings;
    if (jwk === undefined && keyFile === undefined) throw new Error(`${clientId}: give jwk or keyFile`);
    const parsed = jwk ?? (JSON.parse(await readFile(keyFile as string, 'utf8')) as JWK);
    return { key: await importJWK(parsed, 'ES256'), kid: parsed.kid };
  }
}
