import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { HttpReply, HttpRequest } from './caller.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { mediaTypesOf } from './streamed-body.ts';
import { traceIdOf } from './trace.ts';

/** Tells that an error means "a part is down, a retry may help": the database’s connection errors. */
export const IS_UNAVAILABLE = Symbol('IsUnavailable');

/** Every error of every route, and those before any route, leaves as problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');
  private toldAt = -Infinity;
  /** Requests that met the outage since it was last told. */
  private unavailableSince = 0;

  constructor(@Inject(IS_UNAVAILABLE) private readonly isUnavailable: (error: unknown) => boolean) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, reply] = host.getArgs<[HttpRequest, HttpReply]>();
    const problem = problemOf(error, this.isUnavailable, {
      bodyBytesMax: request.routeOptions.bodyLimit,
      mediaTypes: mediaTypesOf(request),
    });
    if (problem.code === 'unavailable') this.tellUnavailable(error);
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
    // A handler that had already answered cannot be corrected; the line above tells of it.
    if (reply.sent) return;
    sendProblem(reply, problem);
  }

  /**
   * An outage fails every request alike: one line a second says so, with how many it stands for. A warning, because most pass by
   * themselves; that one lasts is what readiness says.
   */
  private tellUnavailable(error: unknown): void {
    this.unavailableSince += 1;
    const now = performance.now();
    if (now - this.toldAt < 1_000) return;
    this.logger.warn('a part is not available', { requests: this.unavailableSince }, error);
    this.unavailableSince = 0;
    this.toldAt = now;
  }
}
