import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { HttpRequest } from './caller.ts';
import { refuseWhatWouldBeIgnored } from './refuse-ignored.ts';
import { policyOf } from './route-policy.ts';

/** The one guard, on every HTTP route: nothing is served that admission (admission.ts) has not let in. */
@Injectable()
export class RouteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // Messages have their own door: the topic says whose they are.
    if (context.getType() !== 'http') return true;
    const policy = policyOf(context.getHandler());
    if (policy === undefined) throw new Refusal('not-allowed', 'This route does not say who may call it.');
    const request = context.getArgByIndex<HttpRequest>(0);
    if (policy.kind !== 'open' && request.caller === null) {
      throw new Refusal(
        'unauthenticated',
        'Send Authorization: Bearer with an access token for this service.',
      );
    }
    refuseWhatWouldBeIgnored(request, context.getHandler());
    return true;
  }
}
