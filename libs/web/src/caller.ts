import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Roles of a unit's staff. An auditor may only read, and so may the unit's administrator. */
export const STAFF_ROLES = [
  'caseworker',
  'supervisor',
  'decision-maker',
  'auditor',
  'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A force's system or own person. The force comes from the credential, never from the payload. */
export interface ForceCaller {
  readonly kind: 'force';
  readonly force: string;
  /** The subject of the token, which records and the access log name. A system's is its client id. */
  readonly client: string;
  /** The name of the force's own person; undefined for a system. */
  readonly person?: string;
}

/** A member of a unit's staff, with the forces whose records this person may see. */
export interface StaffCaller {
  readonly kind: 'staff';
  /** The subject of the token, which records and the access log name. */
  readonly person: string;
  readonly name: string;
  readonly unit: string;
  readonly role: StaffRole;
  readonly forces: readonly string[];
}

export type AnyCaller = ForceCaller | StaffCaller;

/** A request after the guard. `caller` is null on open routes only. */
export interface HttpRequest extends FastifyRequest {
  caller: AnyCaller | null;
}

export type HttpReply = FastifyReply;

/** Returns the caller. Throws on an open route, which has none. */
export function callerOf(request: HttpRequest): AnyCaller {
  if (request.caller === null) throw new Error('an open route has no caller');
  return request.caller;
}

/**
 * Parameter decorator for the caller: a `ForceCaller` on a `@ForceRoute()` or `@ForceSystemRoute()`, a
 * `StaffCaller` on a `@StaffRoute()`.
 */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.getArgByIndex<HttpRequest>(0)),
);
