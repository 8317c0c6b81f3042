import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { HttpRequest } from './caller.ts';
import { descriptionOf } from './described.ts';
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
      throw new Refusal('unauthenticated', 'Send Authorization: Bearer with an access token for this service.');
    }
    const description = descriptionOf(context.getHandler());
    if (description !== undefined) refuseUnknownParameters(request.query as object, description.query ?? {});
    return true;
  }
}

/** A misspelt filter would show everything, and a misspelt cursor the beginning. */
function refuseUnknownParameters(given: object, known: object): void {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  const names = Object.keys(known);
  const taken = names.length === 0 ? 'This route takes none.' : `This route takes ${names.join(', ')}.`;
  const errors = unknown.slice(0, 10).map((name) => ({
    pointer: `/${name.slice(0, 40)}`,
    code: 'unknown-parameter',
    detail: `There is no query parameter of this name. ${taken}`,
  }));
  throw new Refusal('invalid-request', `The query has a parameter that is not known: ${unknown[0]?.slice(0, 40) ?? ''}. ${taken}`, {
    errors,
  });
}
