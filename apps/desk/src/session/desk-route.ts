import { applyDecorators, SetMetadata } from '@nestjs/common';
import { OpenRoute } from '#web';

const ACCESS = 'desk-access';

/** The access to a route of the desk: anybody, or a person who is signed in. */
export type DeskAccess = 'anybody' | 'signed-in' | 'watching';

/**
 * A route for signed-in people. The route decides nothing more: the units decide by the person's own token.
 * (`OpenRoute` says only that no bearer token is read here.)
 */
export const SignedIn = (): MethodDecorator => applyDecorators(SetMetadata(ACCESS, 'signed-in'), OpenRoute());

/** A route that a page calls by itself: it does not count as use, or an open page would never time out. */
export const Watching = (): MethodDecorator => applyDecorators(SetMetadata(ACCESS, 'watching'), OpenRoute());

/** A route without sign-in: signing in itself, health, the accessibility statement. */
export const ForAnybody = (): MethodDecorator => applyDecorators(SetMetadata(ACCESS, 'anybody'), OpenRoute());

export function accessOf(handler: object): DeskAccess | undefined {
  return Reflect.getMetadata(ACCESS, handler) as DeskAccess | undefined;
}
