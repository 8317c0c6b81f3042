import { forcesFrom, type Force } from '#kernel';
import {
  flagSetting,
  insecureIssuerSetting,
  integerSetting,
  listSetting,
  logLevelSetting,
  portSetting,
  readConfig,
  textSetting,
  urlSetting,
  ConfigurationError,
  type Config,
} from '#web';

/**
 * A session ends after 30 minutes without use and after 12 hours in any case: NIST SP 800-63B, 4.2.3
 * (reauthentication at AAL2).
 */
const IDLE_MINUTES = 30;
const SESSION_HOURS = 12;

type Environment = Readonly<Record<string, string | undefined>>;

const settings = (environment: Environment) => ({
  host: textSetting('HOST', '127.0.0.1'),
  port: portSetting('PORT'),
  databaseUrl: urlSetting('DATABASE_URL'),
  deskUrl: urlSetting('DESK_URL'),
  issuer: urlSetting('OIDC_ISSUER'),
  insecureIssuer: insecureIssuerSetting(environment),
  clientId: textSetting('OIDC_CLIENT_ID', 'desk'),
  clientKey: textSetting('OIDC_CLIENT_KEY'),
  unitsClaim: textSetting('OIDC_CLAIM_UNITS', 'units'),
  forceClaim: textSetting('OIDC_CLAIM_FORCE', 'force'),
  unitUrls: listSetting('UNIT_URLS'),
  intakeUrl: urlSetting('INTAKE_URL'),
  sessionKey: textSetting('SESSION_KEY'),
  idleMinutes: integerSetting('SESSION_IDLE_MINUTES', { min: 1, max: 720 }, IDLE_MINUTES),
  sessionHours: integerSetting('SESSION_HOURS', { min: 1, max: 24 }, SESSION_HOURS),
  behindProxy: flagSetting('BEHIND_PROXY', false),
  logLevel: logLevelSetting(),
});

/** The token by which the settings are injected. */
export const DESK_CONFIG = Symbol('DeskConfig');

export interface DeskConfig extends Omit<Config<ReturnType<typeof settings>>, 'unitUrls' | 'deskUrl'> {
  /** The address that people open, without a path. */
  readonly origin: string;
  /** The address of each unit, by slug, in the order of the setting. */
  readonly units: ReadonlyMap<string, string>;
  readonly forces: readonly Force[];
}

/** Reads the settings once at start. Throws one error that names every missing or wrong variable. */
export function deskConfig(environment: Environment): DeskConfig {
  const { unitUrls, deskUrl, ...read } = readConfig(environment, settings(environment));
  const units = new Map(unitUrls.map((entry) => splitOnce(entry)));
  const faults = [
    ...[...units].flatMap(([slug, url]) =>
      URL.canParse(url) ? [] : [`UNIT_URLS must be slug=URL pairs; ${slug} has no URL`],
    ),
    ...(read.sessionKey.length >= 32 ? [] : ['SESSION_KEY must have at least 32 characters']),
    ...(secureOrigin(deskUrl)
      ? []
      : ['DESK_URL must use https; only an address of this machine may use http']),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return { ...read, origin: new URL(deskUrl).origin, units, forces: forcesFrom(environment) };
}

function splitOnce(entry: string): readonly [string, string] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}

/** Browsers keep a Secure cookie only for https, and for addresses of their own machine. */
function secureOrigin(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

export const isLoopback = (hostname: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
