import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress, publicAddresses, AddressNotPublic } from './public-address.ts';
import { retryAfterMs } from './retry-after.ts';
import { isLocalDestination, type WebhookSettings } from './webhook.settings.ts';

/** What a receiver said, or why it could not be asked. */
export interface Outcome {
  readonly status: number | null;
  /** Null when it was delivered. A sentence of ours: nothing that the receiver sent. */
  readonly error: string | null;
  /** How long the receiver asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** The answer's body says nothing to us; this much is read, so that a receiver need not notice. */
const BODY_BYTES_MAX = 65_536;

/**
 * Posts a body to a destination. Delivered is 2xx and nothing else: a redirect is not followed, for it could lead anywhere.
 * The name is resolved here, once, and the connection goes to exactly the addresses that were checked.
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
    // A connection of its own for each try: a kept one would outlive the check of its address.
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
        // Once more where it counts, before a byte of the record goes out.
        socket.once('connect', () => {
          if (!isPublicAddress(socket.remoteAddress ?? ''))
            request.destroy(new AddressNotPublic(url.hostname));
        });
      });
    }
    request.end(body);
  });
}

/** Resolves and checks now; the connection then finds only what was checked. */
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

/** Reads to the end or the bound, whichever comes first; a body that breaks off or never ends changes nothing. */
async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > BODY_BYTES_MAX) break;
    }
  } catch {
    // The status came, and it is all that counts.
  }
  response.destroy();
}

function reasonOf(error: unknown): string {
  if (error instanceof AddressNotPublic) return error.message;
  const { code } = error as { code?: unknown };
  return `could not be reached (${typeof code === 'string' ? code.slice(0, 60) : 'connection failed'})`;
}
