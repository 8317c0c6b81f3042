import { forcesFrom, sandboxesFrom, type Force } from '#kernel';
import {
  connectionSettings,
  connectionsOf,
  cursorKeySettings,
  cursorKeysOf,
  flagSetting,
  forceLimitsSetting,
  identityOf,
  identitySettings,
  integerSetting,
  kafkaSessionSetting,
  listSetting,
  logLevelSetting,
  optional,
  portSetting,
  readConfig,
  textSetting,
  unitKeysSetting,
  urlSetting,
  type Config,
  type ConnectionLimits,
  type CursorKeys,
  type IdentitySettings,
} from '#web';
import { webhookSettings, webhooksOf } from './answers/deliver-webhooks/webhook.config.ts';
import type { WebhookSettings } from './answers/deliver-webhooks/webhook.settings.ts';

const SETTINGS = {
  host: textSetting('HOST', '127.0.0.1'),
  port: portSetting('PORT'),
  databaseUrl: urlSetting('DATABASE_URL'),
  kafkaBrokers: listSetting('KAFKA_BROKERS'),
  kafkaUsername: textSetting('KAFKA_USERNAME', 'intake'),
  kafkaPassword: textSetting('KAFKA_PASSWORD'),
  kafkaTls: flagSetting('KAFKA_TLS', false),
  kafkaSessionSeconds: kafkaSessionSetting(),
  catalogue: textSetting('CONCORDAT_CATALOGUE', 'deploy/catalogue.json'),
  unitKeys: unitKeysSetting(),
  sandboxStepSeconds: integerSetting('SANDBOX_STEP_SECONDS', { min: 0, max: 3_600 }, 1),
  forceLimits: forceLimitsSetting('CONCORDAT_FORCE_LIMITS'),
  readRowsAtOnce: integerSetting('CONCORDAT_READ_ROWS_AT_ONCE', { min: 1, max: 1_000_000 }, 1_000),
  refusedBodiesKeptDays: optional(integerSetting('REFUSED_BODIES_KEPT_DAYS', { min: 1, max: 36_500 })),
  logLevel: logLevelSetting(),
  ...connectionSettings(),
  ...cursorKeySettings(),
};

type Environment = Readonly<Record<string, string | undefined>>;

/** These settings are read one by one and passed on as one object. */
type Parts = keyof ReturnType<typeof connectionSettings> | keyof ReturnType<typeof cursorKeySettings>;

export interface IntakeConfig extends Omit<Config<typeof SETTINGS>, Parts> {
  readonly cursorKeys: CursorKeys;
  readonly connections: ConnectionLimits;
  readonly identity: IdentitySettings;
  /** The forces of the alliance and its sandbox. */
  readonly forces: readonly Force[];
  readonly webhooks: WebhookSettings;
}

/** Reads the settings once at start. Throws one error that names every variable that is missing or wrong. */
export function intakeConfig(environment: Environment): IntakeConfig {
  const read = readConfig(environment, {
    ...SETTINGS,
    ...identitySettings('intake', environment),
    ...webhookSettings(environment),
  });
  return {
    ...read,
    identity: identityOf(read),
    forces: [...forcesFrom(environment), ...sandboxesFrom(environment)],
    webhooks: webhooksOf(read),
    connections: connectionsOf(read),
    cursorKeys: cursorKeysOf(read),
  };
}

/** The settings that `main.js migrate` needs. */
export function migrationUrl(environment: Environment): string {
  return readConfig(environment, { url: urlSetting('MIGRATION_DATABASE_URL') }).url;
}
