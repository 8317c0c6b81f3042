import { flagSetting, listSetting, logLevelSetting, portSetting, readConfig, textSetting, urlSetting } from '#web';

const SETTINGS = {
  host: textSetting('HOST', '127.0.0.1'),
  port: portSetting('PORT'),
  databaseUrl: urlSetting('DATABASE_URL'),
  kafkaBrokers: listSetting('KAFKA_BROKERS'),
  kafkaUsername: textSetting('KAFKA_USERNAME', 'collaboration'),
  kafkaPassword: textSetting('KAFKA_PASSWORD'),
  kafkaTls: flagSetting('KAFKA_TLS', false),
  issuer: urlSetting('OIDC_ISSUER'),
  audience: textSetting('OIDC_AUDIENCE', 'urn:concordat:collaboration'),
  catalogue: textSetting('CONCORDAT_CATALOGUE', 'deploy/catalogue.json'),
  logLevel: logLevelSetting(),
};

export type CollaborationConfig = ReturnType<typeof collaborationConfig>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Read once at start; throws one error that names every variable that is missing or wrong. */
export function collaborationConfig(environment: Environment) {
  return readConfig(environment, SETTINGS);
}

/** What `main.js migrate` needs. */
export function migrationUrl(environment: Environment): string {
  return readConfig(environment, { url: urlSetting('MIGRATION_DATABASE_URL') }).url;
}
