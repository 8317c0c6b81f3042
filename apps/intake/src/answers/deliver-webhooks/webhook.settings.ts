import type { Resolve } from './public-address.ts';

/** The settings for the delivery of webhooks. */
export interface WebhookSettings {
  /** The waits between the tries: with five of them an event is tried six times. */
  readonly retrySeconds: readonly number[];
  /** The time limit of one try, from resolving the name to the answer. */
  readonly timeoutMs: number;
  /** `host:port` of receivers on a developer's own machine. Only these may be http and need not be public. */
  readonly localDestinations: readonly string[];
  readonly resolve: Resolve;
}

export const triesMax = ({ retrySeconds }: WebhookSettings): number => retrySeconds.length + 1;

/** True for a destination that the settings name as a developer's own machine. */
export function isLocalDestination({ localDestinations }: WebhookSettings, url: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return localDestinations.includes(`${url.hostname}:${port}`);
}
