import { randomUUID } from 'node:crypto';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { PostedFields } from '../request/posted-answer.ts';
import type { DeskRequest } from '../session/session.ts';

/** The fields of a posted form of a force, and those of the desk itself. */
export interface PostedMessage extends PostedFields {
  /** The Idempotency-Key of the form. */
  readonly _key?: string | readonly string[];
  /** The version of the request that the person had read. */
  readonly _version?: string | readonly string[];
  readonly reference?: string | readonly string[];
}

/** The force of the person. The pages do not exist for anybody else. */
export function forceOf({ session }: DeskRequest): string {
  const force = session.person?.force;
  if (force === undefined) throw notFound();
  return force;
}

export const notFound = (): Refusal =>
  new Refusal('not-found', 'There is nothing at this address that you may see.');

/** The key that the form carries, so that the form sent twice has one effect. */
export const keyIn = ({ _key: key }: PostedMessage): string =>
  typeof key === 'string' && isUuid(key) ? key : randomUUID();
