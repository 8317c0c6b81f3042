import { importJWK, type CryptoKey, type JWK } from 'jose';
import * as oidc from 'openid-client';
import { within } from '#kernel';
import type { DeskConfig } from '../desk.config.ts';
import type { DeskSession, SignedInPerson } from '../session/session.ts';

const DISCOVER_WITHIN_MS = 5_000;
/** An access token is renewed when less than this is left, so that it outlives the call that carries it. */
const RENEW_BEFORE_MS = 60_000;

interface IssuedToken {
  readonly token: string;
  readonly endsAt: number;
}

/** The resource at which a force's own people read and submit. */
export const INTAKE = 'intake';

/** Thrown when the issuer no longer gives tokens for a session: the person must sign in again. */
export class SignInOver extends Error {}

export type PendingSignIn = NonNullable<DeskSession['pending']>;

/**
 * The desk as a client of the identity provider: OpenID Connect code flow with PKCE, and one access token for
 * each unit (RFC 8707). Access tokens live in memory only.
 */
export class SignIn {
  private discovered: Promise<oidc.Configuration> | undefined;
  private readonly tokens = new Map<string, IssuedToken>();

  constructor(private readonly config: DeskConfig) {}

  /** Returns the address to which the browser is sent, and what must be remembered until it returns. */
  async begin(returnTo: string): Promise<{ readonly url: URL; readonly pending: PendingSignIn }> {
    const pending = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      returnTo,
    };
    const parameters = new URLSearchParams({
      redirect_uri: this.redirectUri,
      scope: 'openid offline_access',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    for (const unit of [...this.config.units.keys(), INTAKE]) parameters.append('resource', resourceOf(unit));
    return { url: oidc.buildAuthorizationUrl(await this.configuration(), parameters), pending };
  }

  /**
   * Exchanges the code in the address to which the issuer sent the browser back. Undefined if the
   * issuer did not make that address, or does not know its code any more.
   */
  async complete(
    callback: URL,
    { state, nonce, verifier }: PendingSignIn,
  ): Promise<
    { readonly person: SignedInPerson; readonly refreshToken: string; readonly idToken: string } | undefined
  > {
    const exchange = oidc.authorizationCodeGrant(await this.configuration(), callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const answer = await exchange.catch((error: unknown) => {
      if (error instanceof oidc.ResponseBodyError || isForgedAnswer(error)) return undefined;
      throw error;
    });
    if (answer === undefined) return undefined;
    const claims = answer.claims();
    if (!claims || !answer.refresh_token || !answer.id_token)
      throw new SignInOver('The identity provider gave no ID token or no refresh token.');
    const { name } = claims;
    const named = claims[this.config.unitsClaim];
    const units = Array.isArray(named) ? named.map(String) : [];
    const force = claims[this.config.forceClaim];
    return {
      person: {
        subject: claims.sub,
        name: typeof name === 'string' ? name : claims.sub,
        units: [...this.config.units.keys()].filter((unit) => units.includes(unit)),
        ...(typeof force === 'string' && { force }),
      },
      refreshToken: answer.refresh_token,
      idToken: answer.id_token,
    };
  }

  /**
   * Returns the person's access token for a unit, or for intake. Throws `SignInOver` when the issuer refuses
   * it, for example because the person was signed out elsewhere.
   */
  async tokenFor(session: DeskSession & { readonly sessionId: string }, unit: string): Promise<string> {
    const key = `${session.sessionId} ${unit}`;
    const known = this.tokens.get(key);
    if (known && known.endsAt - RENEW_BEFORE_MS > Date.now()) return known.token;
    if (session.refreshToken === undefined) throw new SignInOver('The session has no refresh token.');
    const issued = await this.renew(session.refreshToken, unit);
    this.forgetExpired();
    this.tokens.set(key, issued);
    return issued.token;
  }

  /** Forgets the tokens of a session that ended. */
  forget(sessionId: string): void {
    for (const key of this.tokens.keys()) if (key.startsWith(`${sessionId} `)) this.tokens.delete(key);
  }

  /** Ends the grant at the issuer, so that its refresh token is worth nothing any more. */
  async revoke(refreshToken: string): Promise<void> {
    await oidc.tokenRevocation(await this.configuration(), refreshToken);
  }

  /** The address at which the issuer ends the person's own session; undefined if it has none. */
  async endSessionUrl(idToken: string): Promise<URL | undefined> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.config.origin}/signed-out`,
    });
  }

  private get redirectUri(): string {
    return `${this.config.origin}/sign-in/callback`;
  }

  private async renew(refreshToken: string, unit: string): Promise<IssuedToken> {
    try {
      const answer = await oidc.refreshTokenGrant(await this.configuration(), refreshToken, {
        resource: resourceOf(unit),
      });
      return { token: answer.access_token, endsAt: Date.now() + (answer.expiresIn() ?? 0) * 1_000 };
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError)
        throw new SignInOver(error.error_description ?? error.error);
      throw error;
    }
  }

  private forgetExpired(): void {
    const now = Date.now();
    for (const [key, { endsAt }] of this.tokens) if (endsAt < now) this.tokens.delete(key);
  }

  private configuration(): Promise<oidc.Configuration> {
    return (this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = undefined;
      throw error;
    }));
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientKey, insecureIssuer } = this.config;
    const jwk = JSON.parse(clientKey) as JWK;
    const key = (await importJWK(jwk, 'ES256')) as CryptoKey;
    const mayBePlain = insecureIssuer !== undefined || isLocal(issuer);
    return within(
      DISCOVER_WITHIN_MS,
      oidc.discovery(
        new URL(issuer),
        clientId,
        undefined,
        oidc.PrivateKeyJwt({ key, ...(jwk.kid !== undefined && { kid: jwk.kid }) }),
        mayBePlain ? { execute: [oidc.allowInsecureRequests] } : {},
      ),
      () => {
        throw new Error(`the identity provider did not answer within ${DISCOVER_WITHIN_MS} ms`);
      },
    );
  }
}

const resourceOf = (unit: string): string => `urn:concordat:${unit}`;

/** True if the address is not one that the issuer makes, for example because it does not name the issuer. */
const isForgedAnswer = (error: unknown): boolean =>
  error instanceof oidc.ClientError && error.code === 'OAUTH_INVALID_RESPONSE';

function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
