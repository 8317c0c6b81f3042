import {
  connectionSettings,
  connectionsOf,
  flagSetting,
  identityOf,
  identitySettings,
  kafkaSessionSetting,
  listSetting,
  logLevelSetting,
  portSetting,
  readConfig,
  textSetting,
  urlSetting,
  type Config,
  type ConnectionLimits,
  type IdentitySettings,
} from '#web';

const SETTINGS = {
  host: textSetting('HOST', '127.0.0.1'),
  port: portSetting('PORT'),
  databaseUrl: urlSetting('DATABASE_URL'),
  kafkaBrokers: listSetting('KAFKA_BROKERS'),
  kafkaUsername: textSetting('KAFKA_USERNAME', 'collaboration'),
  kafkaPassword: textSetting('KAFKA_PASSWORD'),
  kafkaTls: flagSetting('KAFKA_TLS', false),
  kafkaSessionSeconds: kafkaSessionSetting(),
  catalogue: textSetting('CONCORDAT_CATALOGUE', 'deploy/catalogue.json'),
  logLevel: logLevelSetting(),
  ...connectionSettings(),
};

type Environment = Readonly<Record<string, string | undefined>>;

export interface CollaborationConfig extends Omit<
  Config<typeof SETTINGS>,
  keyof ReturnType<typeof connectionSettings>
> {
  readonly connections: ConnectionLimits;
  readonly identity: IdentitySettings;
}

/** Reads the settings once at start. Throws one error that names every missing or wrong variable. */
export function collaborationConfig(environment: Environment): CollaborationConfig {
  const read = readConfig(environment, { ...SETTINGS, ...identitySettings('collaboration', environment) });
  return { ...read, identity: identityOf(read), connections: connectionsOf(read) };
}

/** Reads the settings of `main.js migrate`. */
export function migrationUrl(environment: Environment): string {
  return readConfig(environment, { url: urlSetting('MIGRATION_DATABASE_URL') }).url;
}
