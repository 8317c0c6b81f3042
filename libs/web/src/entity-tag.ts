import { Refusal } from '#contracts';
import type { DescribedParameter } from './described.ts';

const TAG = /^"(\d{1,9})"$/;

/** For the description of a route that takes the version as an option. */
export const VERSION_READ: Readonly<Record<string, DescribedParameter>> = {
  'If-Match': {
    help: 'Optional: the ETag of the version you read. Then nothing is asked if the request has moved on.',
    schema: { type: 'string' },
  },
};

/** ETag of a record's version: `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that `If-Match` names. 428 without the header or with `*` (a change must say which version was read);
 * 412 for a tag that no version of ours can have (RFC 9110: it does not match).
 */
export function requireVersion(ifMatch: string | undefined): number {
  const tag = ifMatch?.trim();
  if (tag === undefined || tag === '' || tag === '*') {
    throw new Refusal('version-required', 'Send If-Match with the ETag of the version you read, such as If-Match: "3".');
  }
  const match = TAG.exec(tag);
  if (match === null) throw versionChanged();
  return Number(match[1]);
}

/** The same where the header may be left out. */
export function optionalVersion(ifMatch: string | undefined): number | undefined {
  return ifMatch === undefined || ifMatch.trim() === '' ? undefined : requireVersion(ifMatch);
}

/** 412: the record is at another version. */
export function versionChanged(current?: number): Refusal {
  return new Refusal(
    'version-changed',
    current === undefined ? 'The record has another version than If-Match names.' : `The record is at version ${current}; read it again.`,
    current === undefined ? {} : { currentVersion: current },
  );
}
