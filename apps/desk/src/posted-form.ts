import type { FastifyRequest } from 'fastify';
import type { TypedFields } from './drafts/unsent-texts.store.ts';
import { FIELD_PREFIX, type PostedFields } from './request/posted-answer.ts';

/**
 * Reads a posted form as the routes expect it: each field is one text. Only a field of an answer may have
 * several, because several choices may be ticked. PostgreSQL cannot store the character NUL, and no browser
 * sends it from a form.
 */
export function requireForm(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  request.body ??= {};
  done(Object.entries(request.body as object).every(isField) ? undefined : new NotAForm());
}

class NotAForm extends Error {
  readonly statusCode = 400;
}

function isField([name, value]: readonly [string, unknown]): boolean {
  if (Array.isArray(value)) return name.startsWith(FIELD_PREFIX) && value.every(isText);
  return isText(value) && isText(name);
}

const isText = (value: unknown): boolean => typeof value === 'string' && !value.includes('\0');

/** The fields that a person typed; names with an underscore belong to the desk. */
export function typedIn(body: PostedFields): TypedFields {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      value === undefined || name.startsWith('_') ? [] : [[name, value] as const],
    ),
  );
}
