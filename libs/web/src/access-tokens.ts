import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Refusal } from '#contracts';
import type { AnyCaller } from './caller.ts';
import { Issuer } from './issuer.ts';
import { callerFrom, DEFAULT_TOKEN_PROFILE, type TokenProfile } from './token-profile.ts';

export interface IdentitySettings {
  /** Exactly the `iss` of its tokens; its discovery document names the keys. */
  readonly issuer: string;
  /** `urn:concordat:<service>`: a token for another service is refused. */
  readonly audience: string;
  /** Set by a unit: staff of another unit are refused even with a token for this audience. */
  readonly unit?: string;
  /** How its tokens look; as our own identity provider makes them when left out. */
  readonly profile?: TokenProfile;
  /** Takes an issuer without TLS beyond loopback; development only. */
  readonly insecureIssuer?: boolean;
  /** Instead of the issuer's published keys, for tests: what jose's `createLocalJWKSet` returns. */
  readonly keys?: JWTVerifyGetKey;
}

/** Turns a bearer token into a caller, or refuses. */
export interface TokenVerifier {
  /** The caller of a token that was verified at most five minutes before and still lives; no cryptography, no waiting. */
  known(token: string): AnyCaller | undefined;
  verify(token: string): Promise<AnyCaller>;
}

const CLOCK_TOLERANCE_SECONDS = 5;
/** A verified token is remembered so that the hot path verifies no signature; about 1 kB each. */
const REMEMBERED_TOKENS_MAX = 5_000;
/**
 * A token is verified anew after this long, however long it lives: a signing key that the issuer took back then counts no
 * longer, as soon as the key set in memory has lost it too (issuer.ts).
 */
const REMEMBERED_FOR_MS = 5 * 60_000;
/** Longer than any token of ours (about 1 kB with three forces); bounds what is hashed and decoded. */
const TOKEN_LENGTH_MAX = 8_192;

/**
 * Verifies access tokens (RFC 9068) of one issuer for one audience. Everything that is not certain is refused:
 * an unreachable issuer with keys unknown or too old is `unavailable`, everything else `unauthenticated`.
 */
export class AccessTokens implements TokenVerifier {
  private readonly remembered = new Map<string, { readonly caller: AnyCaller; readonly endsAt: number }>();
  private readonly keys: JWTVerifyGetKey;
  private readonly profile: TokenProfile;

  constructor(private readonly settings: IdentitySettings) {
    this.keys = settings.keys ?? new Issuer(settings.issuer, settings.insecureIssuer).keys;
    this.profile = settings.profile ?? DEFAULT_TOKEN_PROFILE;
  }

  known(token: string): AnyCaller | undefined {
    const entry = this.remembered.get(token);
    if (entry === undefined) return undefined;
    if (entry.endsAt > Date.now()) return entry.caller;
    this.remembered.delete(token);
    return undefined;
  }

  async verify(token: string): Promise<AnyCaller> {
    if (token.length > TOKEN_LENGTH_MAX)
      throw new Refusal('unauthenticated', 'The access token is too long.');
    const payload = await this.verifiedPayload(token);
    const caller = callerFrom(payload, this.profile.claims);
    this.remember(token, caller, payload.exp as number);
    return caller;
  }

  private async verifiedPayload(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: [...this.profile.algorithms],
        typ: this.profile.type,
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // What exactly was wrong helps an honest client and no dishonest one: jose's sentence names no secret.
      if (error instanceof errors.JWTExpired)
        throw new Refusal('unauthenticated', 'The access token has expired.');
      if (error instanceof errors.JWTClaimValidationFailed) {
        throw new Refusal(
          'unauthenticated',
          `The access token is not for this service: its ${error.claim} does not fit.`,
        );
      }
      throw new Refusal('unauthenticated', 'The access token is not valid.');
    }
  }

  private remember(token: string, caller: AnyCaller, expiresAtSeconds: number): void {
    if (this.remembered.size >= REMEMBERED_TOKENS_MAX) {
      // The oldest goes first; a Map keeps the order of insertion.
      for (const oldest of this.remembered.keys()) {
        this.remembered.delete(oldest);
        break;
      }
    }
    this.remembered.set(token, {
      caller,
      endsAt: Math.min((expiresAtSeconds + CLOCK_TOLERANCE_SECONDS) * 1000, Date.now() + REMEMBERED_FOR_MS),
    });
  }
}
