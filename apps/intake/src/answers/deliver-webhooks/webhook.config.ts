import { integerSetting, listSetting, type Config, type Setting } from '#web';
import { resolveHost } from './public-address.ts';
import type { WebhookSettings } from './webhook.settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The waits follow the example of Standard Webhooks, as far as six tries go: 5 s, 5 min, 30 min, 2 h, 5 h.
 */
const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000];
const RETRIES_MAX = 5;

const retrySecondsSetting: Setting<readonly number[]> = {
  name: 'WEBHOOK_RETRY_SECONDS',
  expects: `one to ${RETRIES_MAX} whole numbers of seconds separated by commas: the waits between the tries`,
  fallback: { value: RETRY_SECONDS },
  read: (text) => {
    const waits = text.split(',').map((wait) => wait.trim());
    return waits.length <= RETRIES_MAX && waits.every((wait) => /^\d{1,6}$/.test(wait))
      ? waits.map(Number)
      : undefined;
  },
};

/**
 * Receivers on a developer's own machine. Refused with NODE_ENV=production, because they bypass the address
 * check.
 */
function localDestinationsSetting(environment: Environment): Setting<readonly string[]> {
  const setting = listSetting('WEBHOOK_LOCAL_DESTINATIONS', []);
  if (environment['NODE_ENV']?.trim() !== 'production') return setting;
  return { ...setting, expects: 'left out with NODE_ENV=production', read: () => undefined };
}

export function webhookSettings(environment: Environment) {
  return {
    webhookRetrySeconds: retrySecondsSetting,
    webhookTimeoutSeconds: integerSetting('WEBHOOK_TIMEOUT_SECONDS', { min: 1, max: 60 }, 10),
    webhookLocalDestinations: localDestinationsSetting(environment),
  };
}

/** Collects the webhook settings that were read. */
export function webhooksOf(read: Config<ReturnType<typeof webhookSettings>>): WebhookSettings {
  return {
    retrySeconds: read.webhookRetrySeconds,
    timeoutMs: read.webhookTimeoutSeconds * 1_000,
    localDestinations: read.webhookLocalDestinations,
    resolve: resolveHost,
  };
}
