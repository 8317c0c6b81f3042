import { sign, unsign } from '@fastify/cookie';

/** The field of a form that says for whom the form was made. */
export const OWNER_FIELD = '_owner';

/** A key of its own, so that this mark is of no use as a session cookie. */
const keyOf = (sessionKey: string): string => `owner of a form ${sessionKey}`;

/**
 * The signed name of the person for whom a form is made. A form can be older than the session in which it is
 * sent, and its text must not become the text of another person.
 */
export function ownerMark(subject: string, sessionKey: string): string {
  return sign(subject, keyOf(sessionKey));
}

/** The person for whom a posted form was made, or undefined if the desk did not sign the mark. */
export function ownerOf(body: unknown, sessionKey: string): string | undefined {
  const { [OWNER_FIELD]: mark } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return typeof mark === 'string' ? (unsign(mark, keyOf(sessionKey)).value ?? undefined) : undefined;
}
