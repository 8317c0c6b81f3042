import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { HttpReply, HttpRequest } from './caller.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { traceIdOf } from './trace.ts';

/** Tells that an error means "a part is down, a retry may help": the database’s connection errors. */
export const IS_UNAVAILABLE = Symbol('IsUnavailable');

/** Every error of every route, and those before any route, leaves as problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(@Inject(IS_UNAVAILABLE) private readonly isUnavailable: (error: unknown) => boolean) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, reply] = host.getArgs<[HttpRequest, HttpReply]>();
    const problem = problemOf(error, this.isUnavailable);
    if (problem.status >= 500 && !(error instanceof Refusal && problem.code === 'busy')) {
      this.logger.error(
        problem.code === 'unavailable' ? 'a part is not available' : 'a request failed',
        {
          traceId: traceIdOf(request.headers.traceparent as string | undefined),
          route: `${request.method} ${request.routeOptions?.url ?? 'unrouted'}`,
        },
        error,
      );
    }
    // A handler that had already answered cannot be corrected; the line above tells of it.
    if (reply.sent) return;
    sendProblem(reply, problem);
  }
}
