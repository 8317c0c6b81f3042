import { integerSetting, type Config } from './read-config.ts';

/** What somebody who opens connections, and takes their time, may have of a service. */
export interface ConnectionLimits {
  /** From the opening of a connection, or the first byte of a further request, to the end of its headers. */
  readonly headersWithinMs: number;
  /** From there to the end of its body; a streamed body may take longer, as long as it is not silent. */
  readonly requestWithinMs: number;
  /** Open at once; those beyond are closed before anything is read. */
  readonly connectionsMax: number;
  /** Open at once from one address. Behind a load balancer, which is one address, as many as `connectionsMax`. */
  readonly perAddressMax: number;
}

/**
 * Headers are one packet or two, so ten seconds is a bad line and not a client; a body of the largest size takes thirty seconds at 70 kbit/s.
 * 12,000 connections cost some 100 MB when each holds headers back, and leave room below the 20,000 files that a process may often open.
 * One address may hold a quarter of them.
 */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
  connectionsMax: 12_000,
  perAddressMax: 3_000,
};

/** The same as settings of the deployment. */
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
