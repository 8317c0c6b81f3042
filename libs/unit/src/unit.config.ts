import type { SigningKeys } from '#contracts';
import { forcesFrom, type Force } from '#kernel';
import {
  connectionSettings,
  connectionsOf,
  cursorKeySettings,
  cursorKeysOf,
  flagSetting,
  identityOf,
  identitySettings,
  kafkaSessionSetting,
  listSetting,
  logLevelSetting,
  portSetting,
  readConfig,
  signingKeySetting,
  textSetting,
  urlSetting,
  type ConnectionLimits,
  type CursorKeys,
  type IdentitySettings,
  type LogLevel,
} from '#web';
import { termsOf, WORKING_TERMS, type WorkingTerms } from './working-terms.ts';

export interface UnitConfig extends WorkingTerms {
  readonly port: number;
  readonly host: string;
  readonly logLevel: LogLevel;
  readonly databaseUrl: string;
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly username: string;
    readonly password: string;
    readonly tls: boolean;
    readonly sessionSeconds: number;
  };
  readonly identity: IdentitySettings;
  readonly cursorKeys: CursorKeys;
  readonly connections: ConnectionLimits;
  readonly forces: readonly Force[];
  readonly signingKeys: SigningKeys;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment of a unit's service once; throws one error that names every fault. */
export function readUnitConfig(slug: string, environment: Environment): UnitConfig {
  const read = readConfig(environment, {
    port: portSetting('PORT'),
    host: textSetting('HOST', '127.0.0.1'),
    logLevel: logLevelSetting(),
    databaseUrl: urlSetting('DATABASE_URL'),
    brokers: listSetting('KAFKA_BROKERS'),
    username: textSetting('KAFKA_USERNAME', slug),
    password: textSetting('KAFKA_PASSWORD'),
    tls: flagSetting('KAFKA_TLS', false),
    sessionSeconds: kafkaSessionSetting(),
    signingKeys: signingKeySetting(),
    ...identitySettings(slug, environment),
    ...WORKING_TERMS,
    ...cursorKeySettings(),
    ...connectionSettings(),
  });
  const { port, host, logLevel, databaseUrl, brokers, username, password, tls, sessionSeconds, signingKeys } =
    read;
  const kafka = { brokers, username, password, tls, sessionSeconds };
  return {
    ...{ port, host, logLevel, databaseUrl, kafka, signingKeys },
    identity: identityOf(read),
    cursorKeys: cursorKeysOf(read),
    connections: connectionsOf(read),
    forces: forcesFrom(environment),
    ...termsOf(read),
  };
}

/** Reads only the settings of `migrate`. The grants go to the application role of the unit. */
export function readMigrationConfig(
  slug: string,
  environment: Environment,
): { readonly url: string; readonly applicationRole: string } {
  const { url } = readConfig(environment, { url: urlSetting('MIGRATION_DATABASE_URL') });
  return { url, applicationRole: `${slug.replaceAll('-', '_')}_app` };
}
