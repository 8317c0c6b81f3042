import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { HttpRequest, StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { keepMember } from './keep-member.ts';

type Handled = ReturnType<CallHandler['handle']>;

/**
 * Keeps each caller as a member. The guard gives the same caller object for as long as it remembers a token,
 * so each token costs one statement per process, and later requests cost only a lookup.
 */
@Injectable()
export class MembersInterceptor implements NestInterceptor {
  private readonly kept = new WeakSet<StaffCaller>();

  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  intercept(context: ExecutionContext, next: CallHandler): Handled | Promise<Handled> {
    // Messages and open routes have no caller.
    const caller = context.getType() === 'http' ? context.getArgByIndex<HttpRequest>(0).caller : null;
    if (caller?.kind !== 'staff' || this.kept.has(caller)) return next.handle();
    return this.keep(caller).then(() => next.handle());
  }

  private async keep(caller: StaffCaller): Promise<void> {
    await keepMember(this.unit, caller);
    this.kept.add(caller);
  }
}
