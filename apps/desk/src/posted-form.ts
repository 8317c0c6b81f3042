import type { FastifyRequest } from 'fastify';
import { FIELD_PREFIX } from './request/posted-answer.ts';

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
