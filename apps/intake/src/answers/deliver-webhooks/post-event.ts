import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress, publicAddresses, AddressNotPublic } from './public-address.ts';
import { retryAfterMs } from './retry-after.ts';
import { isLocalDestination, type WebhookSettings } from './webhook.settings.ts';

/** The answer of a receiver, or the reason why there is none. */
export interface Outcome {
  readonly status: number | null;
  /** Null if it was delivered. Otherwise our own words, with nothing that the receiver sent. */
  readonly error: string | null;
  /** The wait that the receiver asks for. */
  readonly retryAfterMs?: number;
}

/**
 * The body of the answer is not used. This much of it is read, so that a receiver does not see a broken
 * connection.
 */
const BODY_BYTES_MAX = 65_536;

/**
 * Sends a body to a destination. Only a 2xx counts as delivered: a redirect is not followed, because it could
 * lead anywhere. The name is resolved here, once, and the connection goes only to the addresses that were
 * checked.
 */
export async function postEvent(
  settings: WebhookSettings,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Outcome> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  try {
    const response = await answerOf(settings, new URL(url), headers, body, deadline);
    const status = response.statusCode ?? 0;
    await discard(response);
    if (status >= 200 && status < 300) return { status, error: null };
    const error =
      status >= 300 && status < 400 ? `answered ${status}; redirects are not followed` : `answered ${status}`;
    const asked = retryAfterMs(response.headers['retry-after'], new Date());
    return { status, error, ...(asked !== undefined && { retryAfterMs: asked }) };
  } catch (error) {
    return {
      status: null,
      error: deadline.aborted ? `no answer within ${settings.timeoutMs / 1_000} s` : reasonOf(error),
    };
  }
}

async function answerOf(
  settings: WebhookSettings,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const lookup = isLocalDestination(settings, url) ? undefined : await checkedLookup(settings, url, signal);
  const options: RequestOptions = {
    method: 'POST',
    // Each try has its own connection: a kept connection would outlive the check of its address.
    agent: false,
    signal,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'concordat-webhooks',
      ...headers,
    },
    ...(lookup && { lookup }),
  };
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(url, options, resolve);
    request.on('error', reject);
    if (lookup) {
      request.on('socket', (socket) => {
        // The address is checked once more before the first byte of the record is sent.
        socket.once('connect', () => {
          if (!isPublicAddress(socket.remoteAddress ?? ''))
            request.destroy(new AddressNotPublic(url.hostname));
        });
      });
    }
    request.end(body);
  });
}

/** Resolves and checks the name now; the connection can then find only the checked addresses. */
async function checkedLookup(
  settings: WebhookSettings,
  url: URL,
  signal: AbortSignal,
): Promise<LookupFunction> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too slow')), { once: true });
  });
  const addresses = await Promise.race([publicAddresses(url.hostname, settings.resolve), late]);
  return (_host, { all }, found) => {
    const [first] = addresses;
    if (all || !first) found(null, [...addresses]);
    else found(null, first.address, first.family);
  };
}

/** Reads to the end or to the limit. A body that breaks off or never ends changes nothing. */
async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > BODY_BYTES_MAX) break;
    }
  } catch {
    // The status has arrived, and only the status counts.
  }
  response.destroy();
}

function reasonOf(error: unknown): string {
  if (error instanceof AddressNotPublic) return error.message;
  const { code } = error as { code?: unknown };
  return `could not be reached (${typeof code === 'string' ? code.slice(0, 60) : 'connection failed'})`;
}
