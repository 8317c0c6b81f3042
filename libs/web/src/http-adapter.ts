import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  INTAKE_BOUNDS,
  parseBoundedJson,
  problemDetails,
  Refusal,
  type JsonBounds,
  type ProblemDetails,
} from '#contracts';
import { admitRequests, type AdmissionSettings } from './admission.ts';
import { CONNECTION_LIMITS, type ConnectionLimits } from './connection-limits.ts';
import { ConnectionShares } from './connection-shares.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { answered, nameRequest, REQUEST_ID_HEADER, tellAnswers, type OnAnswered } from './request-id.ts';
import { isUnhurried, takeStreamedBodies } from './streamed-body.ts';
import { newRequestId } from './trace.ts';

/** How often slow connections are looked for; Node's own half minute would let them stay up to four times as long as they may. */
const SLOW_LOOKED_FOR_EVERY_MS = 1_000;

/** Fastify under Nest: one body format, bounded; every error before routing is a problem too. */
export function httpAdapter(
  admission: AdmissionSettings,
  bounds: JsonBounds = INTAKE_BOUNDS,
  connections: ConnectionLimits = CONNECTION_LIMITS,
  onAnswered?: OnAnswered,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: bounds.bytesMax,
    requestTimeout: connections.requestWithinMs,
    // Node would answer a request without Host by itself, without a problem and without our headers.
    http: {
      headersTimeout: connections.headersWithinMs,
      connectionsCheckingInterval: SLOW_LOOKED_FOR_EVERY_MS,
      requireHostHeader: false,
    },
    genReqId: nameRequest,
    // While closing, what still arrives on a kept connection is answered and the connection closed.
    return503OnClosing: false,
    // Nothing here uses Express-style middleware, and the hook that would run it costs on every request.
    skipMiddie: true,
    // A URL the router cannot read; Nest's filter is never asked.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(
        reply,
        problemOf(error, () => false),
      );
      onAnswered?.(answered(request, reply));
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => {
      answerUnreadable(error, socket, connections, onAnswered);
    },
  });
  // The adapter's own typing hides which Fastify this is.
  const fastify = adapter.getInstance<FastifyInstance>();
  const shares = new ConnectionShares(fastify.server, connections);
  fastify.decorateRequest('caller', null);
  // Node answers an expectation that it does not know by itself; nobody must meet an unknown one.
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  tellAnswers(fastify, onAnswered);
  admitRequests(fastify, admission, (socket) => {
    shares.admit(socket);
  });
  // Connections become idle after the one look that Fastify takes at them, when a body was refused before it had all come.
  fastify.addHook('preClose', (done) => {
    const looking = setInterval(() => {
      fastify.server.closeIdleConnections();
    }, SLOW_LOOKED_FOR_EVERY_MS);
    fastify.server.once('close', () => {
      clearInterval(looking);
    });
    done();
  });
  // What is small on the way could be anything inside: nothing is unpacked, and the sender is told so.
  fastify.addHook('preParsing', ({ headers }, _reply, _body, done) => {
    const coding = headers['content-encoding'] ?? 'identity';
    done(
      coding === 'identity'
        ? null
        : new Refusal('unsupported-media-type', 'Send the body as it is, without a Content-Encoding.'),
    );
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bounds.bytesMax },
    (_request, body, done) => {
      // Some clients name the content type of a body they do not send.
      if (body.length === 0) return done(null, undefined);
      try {
        done(null, parseBoundedJson(body as Buffer, bounds));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  takeStreamedBodies(fastify);
  return adapter;
}

/** Bytes that are not HTTP, headers beyond Node's limit, or a request that never ended. */
function answerUnreadable(
  error: Error & { code?: string },
  socket: Socket,
  connections: ConnectionLimits,
  onAnswered: OnAnswered | undefined,
): void {
  if (isUnhurried(error, socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOfUnreadable(error.code, connections);
  const httpRequestId = newRequestId();
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json',
    'x-content-type-options: nosniff',
    `${REQUEST_ID_HEADER}: ${httpRequestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  onAnswered?.({ httpRequestId, status: problem.status, code: problem.code });
}

function problemOfUnreadable(
  code: string | undefined,
  { headersWithinMs, requestWithinMs }: ConnectionLimits,
): ProblemDetails {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const [headers, request] = [headersWithinMs, requestWithinMs].map((ms) => `${ms / 1_000} s`);
    return problemDetails(
      'not-in-time',
      `The headers may take ${headers} and the whole request ${request}; this one took longer. Repeat it.`,
    );
  }
  const detail =
    code === 'HPE_HEADER_OVERFLOW'
      ? `The headers have more than ${maxHeaderSize} bytes, the address included.`
      : 'The request is not readable as HTTP.';
  return problemDetails('invalid-request', detail);
}
