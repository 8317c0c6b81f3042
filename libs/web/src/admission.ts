import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#contracts';
import type { TokenVerifier } from './access-tokens.ts';
import type { AnyCaller, HttpReply, HttpRequest } from './caller.ts';
import type { ForceLimits } from './force-limits.ts';
import { admit, type RoutePolicy } from './route-policy.ts';
import { ServedMethods } from './served-methods.ts';

export interface AdmissionSettings {
  readonly tokens: TokenVerifier;
  /** The unit whose service this is, or undefined. */
  readonly unit: string | undefined;
  /** Limits the requests of each force; undefined for no limit. */
  readonly limits: ForceLimits | undefined;
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** A body of the largest size takes 20 ms on a local network; a slower body is cut off. */
const BODY_THROWN_AWAY_FOR_MS = 1_000;

/** Connections that have shown a valid token; only these are kept open between requests. */
const admitted = new WeakSet<Socket>();

/**
 * Admits or refuses every request in Fastify's first hook. The route's policy lists the allowed callers, and
 * the token names the caller. No body is parsed or kept before: the body of a refused request is discarded
 * for a second at most, and a connection without a valid token is closed after the answer. For a token seen
 * before, the hook returns no promise, because it runs on the hot path.
 */
export function admitRequests(
  fastify: FastifyInstance,
  { tokens, unit, limits }: AdmissionSettings,
  onAdmitted: (socket: Socket) => void,
): void {
  const letIn = (policy: RoutePolicy, caller: AnyCaller, request: HttpRequest, reply: HttpReply): void => {
    const { socket } = request.raw;
    if (!admitted.has(socket)) {
      admitted.add(socket);
      onAdmitted(socket);
    }
    admit(policy, caller, unit);
    if (caller.kind === 'force') limits?.enter(caller.force, reply);
    request.caller = caller;
  };
  const served = new ServedMethods(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    const refuse = (error: Error): void => {
      whenBodyIsGone(request.raw, () => {
        done(error);
      });
    };
    // The service ignores the name in the Host header, but the protocol requires one.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      refuse(new Refusal('invalid-request', 'Send a Host header: HTTP/1.1 requires it.'));
      return;
    }
    if (request.is404) {
      refuse(nothingServed(request.method, served.at(request.url)));
      return;
    }
    const { policy } = request.routeOptions.config as { policy?: RoutePolicy };
    // The guard refuses a route without a policy. EveryRouteHasAPolicy already prevents a start with one.
    if (policy === undefined || policy.kind === 'open') {
      done();
      return;
    }
    // The header is set before any refusal, because neither records nor refusals may be cached.
    reply.header('cache-control', 'no-store');
    try {
      const token = bearerToken(request.headers.authorization);
      const known = tokens.known(token);
      if (known !== undefined) {
        letIn(policy, known, request as HttpRequest, reply);
        done();
        return;
      }
      tokens
        .verify(token)
        .then((caller) => {
          letIn(policy, caller, request as HttpRequest, reply);
        })
        .then(
          () => {
            done();
          },
          (error: unknown) => {
            refuse(error as Error);
          },
        );
    } catch (error) {
      refuse(error as Error);
    }
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // Browsers must never take text from a force for a page.
    reply.header('x-content-type-options', 'nosniff');
    if (reply.statusCode === 401 || !admitted.has(request.raw.socket)) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Programs probe with HEAD and OPTIONS whether something exists at an address; they get 404, not 405. */
function nothingServed(method: string, served: readonly string[]): Refusal {
  if (served.length === 0 || method === 'HEAD' || method === 'OPTIONS') {
    return new Refusal('not-found', 'There is no route with this address and method.');
  }
  return new Refusal(
    'method-not-allowed',
    `This address does not support ${method}. It supports ${served.join(', ')}.`,
    { allowed: served },
  );
}

/**
 * Calls back once the body of a refused request has been discarded, or after a second. Closing a connection
 * while its client still sends would reset it, and an honest client with an expired token would lose the
 * answer that says so.
 */
function whenBodyIsGone(raw: IncomingMessage, then: () => void): void {
  const hasBody =
    raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
  if (!hasBody || raw.complete || raw.destroyed) {
    then();
    return;
  }
  const over = (): void => {
    clearTimeout(patience);
    raw.off('end', over).off('close', over);
    then();
  };
  const patience = setTimeout(over, BODY_THROWN_AWAY_FOR_MS);
  raw.once('end', over).once('close', over).resume();
}

function bearerToken(authorization: string | undefined): string {
  const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  if (token === undefined)
    throw new Refusal(
      'unauthenticated',
      'Send the header Authorization: Bearer with an access token for this service.',
    );
  return token;
}
