import { Refusal } from '#contracts';
import { STAFF_ROLES, type AnyCaller, type StaffRole } from './caller.ts';
import { addRouteConfig } from './route-config.ts';

/** Says which callers a route admits. */
export type RoutePolicy =
  | { readonly kind: 'open' }
  | { readonly kind: 'force'; readonly systemsOnly?: true }
  | { readonly kind: 'staff'; readonly roles: readonly StaffRole[] };

/**
 * Policies by handler. The guard reads them on every request, and this costs less than reflected metadata.
 */
const policies = new WeakMap<object, RoutePolicy>();

function routePolicy(policy: RoutePolicy): MethodDecorator {
  return (target, property, descriptor) => {
    const handler = descriptor.value as object;
    if (policies.has(handler)) {
      throw new Error(
        `${target.constructor.name}.${String(property)} has two route policies: exactly one of @ForceRoute, @ForceSystemRoute, @StaffRoute, @OpenRoute.`,
      );
    }
    policies.set(handler, policy);
    // Admission reads the policy before the handler is known.
    addRouteConfig({ policy })(target, property, descriptor);
  };
}

/** Admits the systems of forces and the forces' own people; the caller is a `ForceCaller`. */
export const ForceRoute = (): MethodDecorator => routePolicy({ kind: 'force' });

/**
 * Admits the systems of forces only. These routes say where records go by themselves or move many at once,
 * and a force answers for that with its system.
 */
export const ForceSystemRoute = (): MethodDecorator => routePolicy({ kind: 'force', systemsOnly: true });

/**
 * Admits staff of the unit in one of these roles, or in every role if none is given. The caller is a
 * `StaffCaller`.
 */
export const StaffRoute = (...roles: readonly StaffRole[]): MethodDecorator =>
  routePolicy({ kind: 'staff', roles: roles.length > 0 ? roles : STAFF_ROLES });

/**
 * Admits anyone without a token. Only for health and published schemas, never for a route that reads a
 * record.
 */
export const OpenRoute = (): MethodDecorator => routePolicy({ kind: 'open' });

export function policyOf(handler: object): RoutePolicy | undefined {
  return policies.get(handler);
}

/** Refuses a caller that the policy does not admit. `unit` is set if this is the service of a unit. */
export function admit(policy: RoutePolicy, caller: AnyCaller, unit?: string): void {
  if (policy.kind === 'open') return;
  if (policy.kind === 'force') {
    if (caller.kind !== 'force')
      throw new Refusal('not-allowed', 'Only a force may call this: its system or its own people.');
    if (policy.systemsOnly === true && caller.person !== undefined)
      throw new Refusal('not-allowed', 'Only the system of a force may call this, not its people.');
    return;
  }
  if (caller.kind !== 'staff') throw new Refusal('not-allowed', 'Only staff of the unit may call this.');
  if (unit !== undefined && caller.unit !== unit)
    throw new Refusal('not-allowed', 'Only staff of this unit may call this.');
  if (!policy.roles.includes(caller.role))
    throw new Refusal(
      'not-allowed',
      `Only staff in one of these roles may call this: ${policy.roles.join(', ')}.`,
    );
}
