import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { HttpRequest } from './caller.ts';
import { refuseWhatWouldBeIgnored } from './refuse-ignored.ts';
import { policyOf } from './route-policy.ts';

/** Guards every HTTP route: a request that admission.ts has not admitted is never served. */
@Injectable()
export class RouteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // Kafka messages are authenticated by their topic, not by a token.
    if (context.getType() !== 'http') return true;
    const policy = policyOf(context.getHandler());
    if (policy === undefined)
      throw new Refusal('not-allowed', 'Nobody may call this route: it declares no policy.');
    const request = context.getArgByIndex<HttpRequest>(0);
    if (policy.kind !== 'open' && request.caller === null) {
      throw new Refusal(
        'unauthenticated',
        'Send the header Authorization: Bearer with an access token for this service.',
      );
    }
    refuseWhatWouldBeIgnored(request, context.getHandler());
    return true;
  }
}
