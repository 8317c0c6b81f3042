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

/**
 * Slow connections are looked for this often. Node's default of 30 s would let them stay four times too long.
 */
const SLOW_LOOKED_FOR_EVERY_MS = 1_000;

/**
 * Sets up Fastify under Nest with one bounded body format. Errors before routing become problem details too.
 */
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
    // Node would answer a request without Host itself, without problem details and without our headers.
    http: {
      headersTimeout: connections.headersWithinMs,
      connectionsCheckingInterval: SLOW_LOOKED_FOR_EVERY_MS,
      requireHostHeader: false,
    },
    genReqId: nameRequest,
    // While closing, requests on kept connections are still answered, and then the connection is closed.
    return503OnClosing: false,
    // Express-style middleware is not used, and its hook would cost time on every request.
    skipMiddie: true,
    // Nest's filter does not see a URL that the router cannot read.
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
  // Node would answer an unknown Expect header itself, without problem details; we ignore the header instead.
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  tellAnswers(fastify, onAnswered);
  admitRequests(fastify, admission, (socket) => {
    shares.admit(socket);
  });
  // Fastify closes idle connections once. A connection whose body was refused early becomes idle only after
  // that.
  fastify.addHook('preClose', (done) => {
    const closingIdle = setInterval(() => {
      fastify.server.closeIdleConnections();
    }, SLOW_LOOKED_FOR_EVERY_MS);
    fastify.server.once('close', () => {
      clearInterval(closingIdle);
    });
    done();
  });
  // A small compressed body could unpack to any size, so compressed bodies are refused.
  fastify.addHook('preParsing', ({ headers }, _reply, _body, done) => {
    const coding = headers['content-encoding'] ?? 'identity';
    done(
      coding === 'identity'
        ? null
        : new Refusal(
            'unsupported-media-type',
            'Send the body uncompressed, without a Content-Encoding header.',
          ),
    );
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bounds.bytesMax },
    (_request, body, done) => {
      // Some clients send a content type without a body.
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

/** Answers bytes that are not HTTP, headers beyond Node's limit, and requests that never ended. */
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
      `The headers must arrive within ${headers} and the whole request within ${request}. Send the request again.`,
    );
  }
  const detail =
    code === 'HPE_HEADER_OVERFLOW'
      ? `The headers and the address together have more than ${maxHeaderSize} bytes. Shorten them.`
      : 'The request is not valid HTTP.';
  return problemDetails('invalid-request', detail);
}
