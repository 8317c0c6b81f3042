import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { TokenVerifier } from './access-tokens.ts';
import type { AnyCaller, HttpReply, HttpRequest } from './caller.ts';
import type { ForceLimits } from './force-limits.ts';
import { admit, policyOf, type RoutePolicy } from './route-policy.ts';

export const TOKEN_VERIFIER = Symbol('TokenVerifier');
/** The unit that this service is, or undefined. */
export const OWN_UNIT = Symbol('OwnUnit');
/** What a force may ask here, or undefined. */
export const FORCE_LIMITS = Symbol('ForceLimits');

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The one guard, on every HTTP route: reads the route's policy, knows the caller by the token, admits or refuses.
 * It answers without a promise for a token seen before: this runs on the hot path.
 */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    @Inject(TOKEN_VERIFIER) private readonly tokens: TokenVerifier,
    @Inject(OWN_UNIT) private readonly unit: string | undefined,
    @Inject(FORCE_LIMITS) private readonly limits: ForceLimits | undefined,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    // Messages have their own door: the topic says whose they are.
    if (context.getType() !== 'http') return true;
    const policy = policyOf(context.getHandler());
    if (policy === undefined) throw new Refusal('not-allowed', 'This route does not say who may call it.');
    if (policy.kind === 'open') return true;
    const [request, reply] = context.getArgs<[HttpRequest, HttpReply]>();
    // Set before anything can be refused: neither records nor refusals belong into a cache.
    reply.header('cache-control', 'no-store');
    const token = bearerToken(request.headers.authorization);
    const known = this.tokens.known(token);
    if (known === undefined) return this.tokens.verify(token).then((caller) => this.let(policy, caller, request, reply));
    return this.let(policy, known, request, reply);
  }

  private let(policy: RoutePolicy, caller: AnyCaller, request: HttpRequest, reply: HttpReply): true {
    admit(policy, caller, this.unit);
    if (caller.kind === 'force') this.limits?.enter(caller.force, reply);
    request.caller = caller;
    return true;
  }
}

function bearerToken(authorization: string | undefined): string {
  const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new Refusal('unauthenticated', 'Send Authorization: Bearer with an access token for this service.');
  return token;
}
