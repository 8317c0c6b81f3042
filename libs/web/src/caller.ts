import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Roles of shared-unit staff; an auditor reads only. */
export const STAFF_ROLES = ['caseworker', 'supervisor', 'decision-maker', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A force's own system. The force comes from the credential, never from what it sends. */
export interface ForceCaller {
  readonly kind: 'force';
  readonly force: string;
  /** Client id at the identity provider. */
  readonly client: string;
}

/** A member of a shared unit's staff, with the forces whose records this person may see. */
export interface StaffCaller {
  readonly kind: 'staff';
  /** Subject of the token: what the record and the access log name. */
  readonly person: string;
  readonly name: string;
  readonly unit: string;
  readonly role: StaffRole;
  readonly forces: readonly string[];
}

export type AnyCaller = ForceCaller | StaffCaller;

/** A request after the guard: `caller` is null on open routes only. */
export interface HttpRequest extends FastifyRequest {
  caller: AnyCaller | null;
}

export type HttpReply = FastifyReply;

/** Who calls. Throws when the route is open: such a route has no caller to speak of. */
export function callerOf(request: HttpRequest): AnyCaller {
  if (request.caller === null) throw new Error('an open route has no caller');
  return request.caller;
}

/** Parameter decorator: `@Caller() caller: ForceCaller` on a `@ForceRoute()`, `StaffCaller` on a `@StaffRoute()`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.getArgByIndex<HttpRequest>(0)),
);
