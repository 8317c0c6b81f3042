import { Refusal } from '#contracts';
import type { DescribedParameter } from './described.ts';

/** An entity tag of RFC 9110, weak or strong, with the comma after it. */
const TAG = /[ \t]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,|$)/y;
const EMPTY_ELEMENT = /[ \t]*,/y;
const VERSION = /^\d{1,9}$/;

/** What `If-Match` names: one version, or a list of which one must be the current. */
export type VersionRead = number | readonly number[];

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
 * The versions that `If-Match` names. 428 without the header or with `*` (a change must say which version was read);
 * 412 when none of its tags can be that of a version: RFC 9110 compares strongly, so a weak tag never matches.
 */
export function requireVersion(ifMatch: string | undefined): VersionRead {
  const tag = ifMatch?.trim();
  if (tag === undefined || tag === '' || tag === '*') {
    throw new Refusal('version-required', 'Send If-Match with the ETag of the version you read, such as If-Match: "3".');
  }
  const [first, ...others] = versionsIn(tag);
  if (first === undefined) throw versionChanged();
  return others.length === 0 ? first : [first, ...others];
}

/** The strong tags of a list that name a version; none when the list cannot be read. */
function versionsIn(list: string): number[] {
  const versions: number[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(list);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < list.length) {
    if (next(EMPTY_ELEMENT)) continue;
    const match = next(TAG);
    if (match === null) return [];
    const [, weak, opaque = ''] = match;
    if (weak === undefined && VERSION.test(opaque)) versions.push(Number(opaque));
  }
  return versions;
}

/** Whether the current version is the one, or among those, that were read. */
export function isVersionRead(current: number, read: VersionRead): boolean {
  return typeof read === 'number' ? read === current : read.includes(current);
}

/** The same where the header may be left out. */
export function optionalVersion(ifMatch: string | undefined): VersionRead | undefined {
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
