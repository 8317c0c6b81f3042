import type { IdentitySettings } from './access-tokens.ts';
import {
  choiceSetting,
  choicesSetting,
  ConfigurationError,
  optional,
  readConfig,
  textSetting,
  urlSetting,
  type Config,
  type Setting,
} from './read-config.ts';
import { DEFAULT_TOKEN_PROFILE, SIGNATURE_ALGORITHMS, TOKEN_TYPES } from './token-profile.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `OIDC_INSECURE_ISSUER=development` allows an issuer without TLS beyond this machine's loopback, for a
 * private network of containers. It is always refused with NODE_ENV=production.
 */
export function insecureIssuerSetting(environment: Environment): Setting<'development' | undefined> {
  const setting = optional(choiceSetting<'development'>('OIDC_INSECURE_ISSUER', ['development']));
  if (environment['NODE_ENV']?.trim() !== 'production') return setting;
  return { ...setting, expects: 'left out with NODE_ENV=production', read: () => undefined };
}

/** Reads the same setting for a client of the issuer, which has no other identity settings. */
export function takesInsecureIssuer(environment: Environment): boolean {
  return readConfig(environment, { insecure: insecureIssuerSetting(environment) }).insecure !== undefined;
}

/**
 * The identity settings of a service, to be read with all its other settings so that one error lists all
 * faults.
 */
export function identitySettings(service: string, environment: Environment) {
  return {
    issuer: urlSetting('OIDC_ISSUER'),
    audience: textSetting('OIDC_AUDIENCE', `urn:concordat:${service}`),
    insecureIssuer: insecureIssuerSetting(environment),
    algorithms: choicesSetting('OIDC_ALGORITHMS', SIGNATURE_ALGORITHMS, DEFAULT_TOKEN_PROFILE.algorithms),
    tokenType: choiceSetting('OIDC_TOKEN_TYPE', TOKEN_TYPES, DEFAULT_TOKEN_PROFILE.type),
    forceClaim: textSetting('OIDC_CLAIM_FORCE', DEFAULT_TOKEN_PROFILE.claims.force),
    unitClaim: textSetting('OIDC_CLAIM_UNIT', DEFAULT_TOKEN_PROFILE.claims.unit),
    roleClaim: textSetting('OIDC_CLAIM_ROLE', DEFAULT_TOKEN_PROFILE.claims.role),
    nameClaim: textSetting('OIDC_CLAIM_NAME', DEFAULT_TOKEN_PROFILE.claims.name),
    forcesClaim: textSetting('OIDC_CLAIM_FORCES', DEFAULT_TOKEN_PROFILE.claims.forces),
  };
}

/** Builds the identity settings from the values that were read. */
export function identityOf(config: Config<ReturnType<typeof identitySettings>>): IdentitySettings {
  const { issuer, audience, insecureIssuer, algorithms, tokenType } = config;
  const claims = {
    force: config.forceClaim,
    unit: config.unitClaim,
    role: config.roleClaim,
    name: config.nameClaim,
    forces: config.forcesClaim,
  };
  // If one claim had two meanings, a token for one of them could be read as the other.
  if (new Set(Object.values(claims)).size < 5)
    throw new ConfigurationError(['OIDC_CLAIM_* must name five different claims']);
  return {
    issuer,
    audience,
    insecureIssuer: insecureIssuer !== undefined,
    profile: { algorithms, type: tokenType, claims },
  };
}
