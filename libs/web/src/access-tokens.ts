import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Refusal } from '#contracts';
import type { AnyCaller } from './caller.ts';
import { Issuer } from './issuer.ts';
import { callerFrom, DEFAULT_TOKEN_PROFILE, type TokenProfile } from './token-profile.ts';

export interface IdentitySettings {
  /** Must equal the `iss` claim of its tokens; its discovery document names the keys. */
  readonly issuer: string;
  /** Must be `urn:concordat:<service>`; a token for another service is refused. */
  readonly audience: string;
  /** Units set this, so that staff of another unit are refused even with a token for this audience. */
  readonly unit?: string;
  /** The format of its tokens; the default is that of our own identity provider. */
  readonly profile?: TokenProfile;
  /** Allows an issuer without TLS beyond loopback; for development only. */
  readonly insecureIssuer?: boolean;
  /** Replaces the issuer's published keys in tests, with a key set of jose's `createLocalJWKSet`. */
  readonly keys?: JWTVerifyGetKey;
}

/** Turns a bearer token into a caller, or refuses it. */
export interface TokenVerifier {
  /**
   * Returns the caller of a token that was verified in the last five minutes and is still valid, without
   * cryptography.
   */
  known(token: string): AnyCaller | undefined;
  verify(token: string): Promise<AnyCaller>;
}

const CLOCK_TOLERANCE_SECONDS = 5;
/** Verified tokens are remembered, about 1 kB each, so that the hot path verifies no signature. */
const REMEMBERED_TOKENS_MAX = 5_000;
/**
 * A token is verified again after this time, however long it is valid. A signing key that the issuer has
 * withdrawn then stops counting, once the key set in memory has lost it too (issuer.ts).
 */
const REMEMBERED_FOR_MS = 5 * 60_000;
/** Bounds hashing and decoding. Our longest token, with three forces, has about 1 kB. */
const TOKEN_LENGTH_MAX = 8_192;

/**
 * Verifies access tokens (RFC 9068) of one issuer for one audience. If the issuer cannot be reached and its
 * keys are unknown or too old, the answer is `unavailable`; every other doubt is `unauthenticated`.
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
      throw new Refusal('unauthenticated', `The access token is longer than ${TOKEN_LENGTH_MAX} characters.`);
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
      // Naming the fault helps an honest client. It reveals no secret to a dishonest one.
      if (error instanceof errors.JWTExpired)
        throw new Refusal('unauthenticated', 'The access token has expired. Get a new one.');
      if (error instanceof errors.JWTClaimValidationFailed) {
        throw new Refusal(
          'unauthenticated',
          `The access token is not for this service: its claim ${error.claim} is wrong or missing.`,
        );
      }
      throw new Refusal(
        'unauthenticated',
        'The access token is not valid: it cannot be read or its signature is wrong.',
      );
    }
  }

  private remember(token: string, caller: AnyCaller, expiresAtSeconds: number): void {
    if (this.remembered.size >= REMEMBERED_TOKENS_MAX) {
      // A Map keeps the order of insertion, so the first key is the oldest.
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
