import { Refusal } from '#contracts';
import { STAFF_ROLES, type AnyCaller, type StaffRole } from './caller.ts';
import { addRouteConfig } from './route-config.ts';

/** Who may call a route. */
export type RoutePolicy =
  | { readonly kind: 'open' }
  | { readonly kind: 'force' }
  | { readonly kind: 'staff'; readonly roles: readonly StaffRole[] };

/** Keyed by the handler itself: the guard asks on every request, and this costs less than reflected metadata. */
const policies = new WeakMap<object, RoutePolicy>();

function routePolicy(policy: RoutePolicy): MethodDecorator {
  return (target, property, descriptor) => {
    const handler = descriptor.value as object;
    if (policies.has(handler)) {
      throw new Error(
        `${target.constructor.name}.${String(property)} has two route policies: exactly one of @ForceRoute, @StaffRoute, @OpenRoute.`,
      );
    }
    policies.set(handler, policy);
    // Admission reads it before the handler is known.
    addRouteConfig({ policy })(target, property, descriptor);
  };
}

/** A force's own system calls this; the caller is a `ForceCaller`. */
export const ForceRoute = (): MethodDecorator => routePolicy({ kind: 'force' });

/** Staff of the unit call this, in one of these roles (none named: every role). The caller is a `StaffCaller`. */
export const StaffRoute = (...roles: readonly StaffRole[]): MethodDecorator =>
  routePolicy({ kind: 'staff', roles: roles.length > 0 ? roles : STAFF_ROLES });

/** Anyone may call this without a token: health and published schemas, nothing that reads a record. */
export const OpenRoute = (): MethodDecorator => routePolicy({ kind: 'open' });

export function policyOf(handler: object): RoutePolicy | undefined {
  return policies.get(handler);
}

/** Refuses a caller whom the policy does not admit. `unit`: the unit that this service is, when it is one. */
export function admit(policy: RoutePolicy, caller: AnyCaller, unit?: string): void {
  if (policy.kind === 'open') return;
  if (policy.kind === 'force') {
    if (caller.kind !== 'force') throw new Refusal('not-allowed', 'Only a force’s own system may call this.');
    return;
  }
  if (caller.kind !== 'staff') throw new Refusal('not-allowed', 'Only staff of the unit may call this.');
  if (unit !== undefined && caller.unit !== unit)
    throw new Refusal('not-allowed', 'Only staff of this unit may call this.');
  if (!policy.roles.includes(caller.role))
    throw new Refusal('not-allowed', `This needs one of these roles: ${policy.roles.join(', ')}.`);
}
