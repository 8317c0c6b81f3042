import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INTAKE_BOUNDS, parseBoundedJson, problemDetails, type JsonBounds } from '#contracts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { isUnhurried, takeStreamedBodies } from './streamed-body.ts';

/** A client that sends its body more slowly than this is cut off. */
const REQUEST_WITHIN_MS = 30_000;

/** Fastify under Nest: one body format, bounded; every error before routing is a problem too. */
export function httpAdapter(bounds: JsonBounds = INTAKE_BOUNDS): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: bounds.bytesMax,
    requestTimeout: REQUEST_WITHIN_MS,
    // While closing, what still arrives on a kept connection is answered and the connection closed.
    return503OnClosing: false,
    // Nothing here uses Express-style middleware, and the hook that would run it costs on every request.
    skipMiddie: true,
    // A URL the router cannot read; Nest's filter is never asked.
    frameworkErrors: (error: Error, _: FastifyRequest, reply: FastifyReply) =>
      sendProblem(
        reply,
        problemOf(error, () => false),
      ),
    clientErrorHandler: answerUnreadable,
  });
  // The adapter's own typing hides which Fastify this is.
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.decorateRequest('caller', null);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: bounds.bytesMax }, (_request, body, done) => {
    // Some clients name the content type of a body they do not send.
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, parseBoundedJson(body as Buffer, bounds));
    } catch (error) {
      done(error as Error);
    }
  });
  takeStreamedBodies(fastify);
  return adapter;
}

/** Bytes that are not HTTP, headers beyond Node's limit, or a request that never ended. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (isUnhurried(error, socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(problemDetails('invalid-request', 'The request is not readable as HTTP, or did not arrive in time.'));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
