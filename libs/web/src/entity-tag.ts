import { Refusal } from '#contracts';
import type { DescribedParameter } from './described.ts';

const VERSION = /^\d{1,9}$/;

/** What `If-Match` names: one version, or a list of which one must be the current; an empty list matches nothing. */
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
 * The versions that `If-Match` names. 428 without the header or with `*` (a change must say which version was read). None
 * when no tag can be that of a version: RFC 9110 compares strongly, so a weak tag never matches, and whoever compares says 412.
 */
export function requireVersion(ifMatch: string | undefined): VersionRead {
  const tag = ifMatch?.trim();
  if (tag === undefined || tag === '' || tag === '*') {
    throw new Refusal(
      'version-required',
      'Send If-Match with the ETag of the version you read, such as If-Match: "3".',
    );
  }
  const versions = versionsIn(tag);
  return versions.length === 1 ? (versions[0] as number) : versions;
}

/**
 * The strong tags of a list that name a version; none when the list cannot be read. Between two quotes stands a tag, and between
 * two tags at least one comma and the mark of a weak one.
 */
function versionsIn(list: string): number[] {
  const parts = list.split('"');
  const between = parts
    .filter((_, index) => index % 2 === 0)
    .map((text) => text.replaceAll(' ', '').replaceAll('\t', ''));
  const tags = parts.filter((_, index) => index % 2 === 1);
  const isList = between.every((text, index) => {
    const rest = text.replaceAll(',', '');
    const separates = index === 0 || index === tags.length || text.startsWith(',');
    return separates && (rest === '' || (rest === 'W/' && text.endsWith(rest) && index < tags.length));
  });
  if (!isList || between.length !== tags.length + 1) return [];
  return tags.filter((tag, index) => VERSION.test(tag) && !between[index]?.endsWith('W/')).map(Number);
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
    current === undefined
      ? 'The record has another version than If-Match names.'
      : `The record is at version ${current}; read it again.`,
    current === undefined ? {} : { currentVersion: current },
  );
}
