import { integerSetting, type Config } from './read-config.ts';

/** Limits the connections to a service, and the time that a client may take to send a request. */
export interface ConnectionLimits {
  /**
   * Counts from the opening of a connection, or the first byte of a later request, to the end of the headers.
   */
  readonly headersWithinMs: number;
  /** Counts from there to the end of the body. A streamed body may take longer while it keeps sending. */
  readonly requestWithinMs: number;
  /** Open connections at once; further ones are closed unread. */
  readonly connectionsMax: number;
  /** Open connections at once from one address. Behind a load balancer set it to `connectionsMax`. */
  readonly perAddressMax: number;
}

/**
 * Headers fit into one or two packets, so ten seconds allow for a bad line. The largest body takes thirty
 * seconds at 70 kbit/s. 12,000 connections cost about 100 MB if each holds headers back, and stay below the
 * 20,000 files that a process may often open. One address may hold a quarter of them.
 */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
  connectionsMax: 12_000,
  perAddressMax: 3_000,
};

/** The same limits as settings of the deployment. */
export function connectionSettings() {
  const { headersWithinMs, requestWithinMs, connectionsMax, perAddressMax } = CONNECTION_LIMITS;
  return {
    headersWithinSeconds: integerSetting(
      'HTTP_HEADERS_WITHIN_SECONDS',
      { min: 1, max: 60 },
      headersWithinMs / 1_000,
    ),
    requestWithinSeconds: integerSetting(
      'HTTP_REQUEST_WITHIN_SECONDS',
      { min: 1, max: 300 },
      requestWithinMs / 1_000,
    ),
    connectionsMax: integerSetting('HTTP_CONNECTIONS_MAX', { min: 16, max: 1_000_000 }, connectionsMax),
    perAddressMax: integerSetting(
      'HTTP_CONNECTIONS_PER_ADDRESS_MAX',
      { min: 4, max: 1_000_000 },
      perAddressMax,
    ),
  };
}

export function connectionsOf(read: Config<ReturnType<typeof connectionSettings>>): ConnectionLimits {
  return {
    headersWithinMs: read.headersWithinSeconds * 1_000,
    requestWithinMs: read.requestWithinSeconds * 1_000,
    connectionsMax: read.connectionsMax,
    perAddressMax: read.perAddressMax,
  };
}
