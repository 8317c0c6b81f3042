import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addRouteConfig } from './route-config.ts';

/** Media types of streamed bodies. They are read line by line, and each route bounds their length itself. */
const STREAMED_TYPES = ['application/x-ndjson', 'text/csv'];
/** A sender of a streamed body that sends nothing for this long is cut off. */
const SILENCE_MS_MAX = 30_000;

/** Sockets in the middle of a streamed body, which may take longer than other requests. */
const inTheMiddle = new WeakSet<Socket>();

/**
 * Marks a route that reads `application/x-ndjson` or `text/csv` itself: `request.body` is a Readable of
 * bytes.
 */
export const StreamedBody = (): MethodDecorator => addRouteConfig({ streamedBody: true });

/** Returns the media types that a route accepts. */
export function mediaTypesOf({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): readonly string[] {
  return (routeOptions.config as { streamedBody?: boolean } | undefined)?.streamedBody === true
    ? STREAMED_TYPES
    : ['application/json'];
}

export function takeStreamedBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(STREAMED_TYPES, (request: FastifyRequest, body, done) => {
    if (mediaTypesOf(request) !== STREAMED_TYPES)
      return done(Object.assign(new Error('not streamed here'), { statusCode: 415 }));
    const { raw } = request;
    inTheMiddle.add(raw.socket);
    raw.once('close', () => inTheMiddle.delete(raw.socket));
    raw.setTimeout(SILENCE_MS_MAX);
    done(null, body);
  });
}

/** True if a connection's only error is that its streamed body takes longer than other requests may. */
export function isUnhurried(error: { readonly code?: string }, socket: Socket): boolean {
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && inTheMiddle.has(socket);
}
