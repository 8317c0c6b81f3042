import { forcesFrom } from '#kernel';
import { flagSetting, listSetting, logLevelSetting, portSetting, readConfig, textSetting, urlSetting } from '#web';

const SETTINGS = {
  host: textSetting('HOST', '127.0.0.1'),
  port: portSetting('PORT'),
  databaseUrl: urlSetting('DATABASE_URL'),
  kafkaBrokers: listSetting('KAFKA_BROKERS'),
  kafkaUsername: textSetting('KAFKA_USERNAME', 'intake'),
  kafkaPassword: textSetting('KAFKA_PASSWORD'),
  kafkaTls: flagSetting('KAFKA_TLS', false),
  issuer: urlSetting('OIDC_ISSUER'),
  audience: textSetting('OIDC_AUDIENCE', 'urn:concordat:intake'),
  catalogue: textSetting('CONCORDAT_CATALOGUE', 'deploy/catalogue.json'),
  logLevel: logLevelSetting(),
};

export type IntakeConfig = ReturnType<typeof intakeConfig>;

/** Read once at start; throws one error that names every variable that is missing or wrong. */
export function intakeConfig(environment: Readonly<Record<string, string | undefined>>) {
  return { ...readConfig(environment, SETTINGS), forces: forcesFrom(environment) };
}

/** What `main.js migrate` needs. */
export function migrationUrl(environment: Readonly<Record<string, string | undefined>>): string {
  return readConfig(environment, { url: urlSetting('MIGRATION_DATABASE_URL') }).url;
}
