import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { HttpReply, HttpRequest } from './caller.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { mediaTypesOf } from './streamed-body.ts';
import { traceIdOf } from './trace.ts';

/**
 * Recognises errors that mean "a system is down, a retry may help", such as connection errors of the
 * database.
 */
export const IS_UNAVAILABLE = Symbol('IsUnavailable');

/** Answers every error, before or inside a route, as problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');
  private loggedAt = -Infinity;
  /** Counts the requests that met the outage since it was last logged. */
  private unavailableSince = 0;

  constructor(@Inject(IS_UNAVAILABLE) private readonly isUnavailable: (error: unknown) => boolean) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, reply] = host.getArgs<[HttpRequest, HttpReply]>();
    const problem = problemOf(error, this.isUnavailable, {
      bodyBytesMax: request.routeOptions.bodyLimit,
      mediaTypes: mediaTypesOf(request),
    });
    if (problem.code === 'unavailable') this.logUnavailable(error);
    else if (problem.status >= 500 && problem.code !== 'busy') {
      this.logger.error(
        'a request failed',
        {
          httpRequestId: request.id,
          traceId: traceIdOf(request.headers['traceparent']),
          route: `${request.method} ${request.routeOptions.url ?? 'unrouted'}`,
        },
        error,
      );
    }
    // An answer that is already sent cannot be corrected; the log line above records the error.
    if (reply.sent) return;
    sendProblem(reply, problem);
  }

  /**
   * An outage fails every request alike, so it is logged once a second with the number of failed requests. It
   * is a warning, because most outages end by themselves; readiness shows one that lasts.
   */
  private logUnavailable(error: unknown): void {
    this.unavailableSince += 1;
    const now = performance.now();
    if (now - this.loggedAt < 1_000) return;
    this.logger.warn('a required system is not available', { requests: this.unavailableSince }, error);
    this.unavailableSince = 0;
    this.loggedAt = now;
  }
}
