import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';

/** Marks a handler whose faults reach the transport unchanged. */
export const TAKES_BATCHES = 'concordat.takes-batches';

/**
 * Passes a handler's faults on unchanged. Nest's own filter turns each into "Internal server error", and the
 * transport could not tell a refusal, a database that is away and a defect apart.
 */
@Catch()
class FaultsComeThrough implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Nest's @EventPattern for the batches of one subscription: `@OnBatch('unit-requests') handle(@Payload()
 * batch: readonly Delivery[]): Promise<void>`.
 *
 * A batch comes from one partition, in order. The handler either handles all of it in one transaction, or
 * throws:
 * - after a transient fault (the database is away) the consumer waits and tries again, for ever;
 * - after any other fault the batch is halved until the faulty message is alone. It becomes a dead letter,
 *   with the problem of the `Refusal` that was thrown, or as an internal error. The same message may come
 *   again, and a repeat must change nothing.
 */
export function OnBatch(pattern: string): MethodDecorator {
  const handler: MethodDecorator = EventPattern<string>(pattern, undefined, { [TAKES_BATCHES]: true });
  return applyDecorators(handler, UseFilters(new FaultsComeThrough()));
}
