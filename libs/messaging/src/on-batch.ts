import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';

/** Mark in the handler's extras by which the transport knows that its faults come through. */
export const TAKES_BATCHES = 'concordat.takes-batches';

/**
 * Nest's own filter turns every fault of a handler into "Internal server error", and with it the difference between a
 * refusal, a database that is away and a defect. This one passes faults on as they are.
 */
@Catch()
class FaultsComeThrough implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Nest's @EventPattern for the batches of one subscription:
 * `@OnBatch('unit-requests') handle(@Payload() batch: readonly Delivery[]): Promise<void>`.
 *
 * A batch is of one topic-partition, in order, and has its whole effect in one transaction, or throws and has none:
 * - a transient fault (the database is away): the consumer waits and tries again, for ever;
 * - any other fault: the batch is halved until the message at fault is alone; that one becomes a dead letter, with the
 *   problem of the `Refusal` that was thrown, or as an internal error.
 * The same message may come again: a repeat must change nothing.
 */
export function OnBatch(pattern: string): MethodDecorator {
  const handler: MethodDecorator = EventPattern<string>(pattern, undefined, { [TAKES_BATCHES]: true });
  return applyDecorators(handler, UseFilters(new FaultsComeThrough()));
}
