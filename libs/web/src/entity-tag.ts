import { Refusal } from '#contracts';
import type { DescribedParameter } from './described.ts';

const VERSION = /^\d{1,9}$/;

/**
 * The version or versions in `If-Match`, one of which must be the current one. An empty list matches nothing.
 */
export type VersionRead = number | readonly number[];

/** Describes the header for routes where the version is optional. */
export const VERSION_READ: Readonly<Record<string, DescribedParameter>> = {
  'If-Match': {
    help: 'Optional: the ETag of the version you read. If the request has changed since, the call is refused.',
    schema: { type: 'string' },
  },
};

/** ETag of a record's version: `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * Returns the versions in `If-Match`. Answers 428 without the header or with `*`, because a change must name
 * the version that was read. RFC 9110 compares strongly, so a weak tag never matches; the list may be empty,
 * and the caller answers 412.
 */
export function requireVersion(ifMatch: string | undefined): VersionRead {
  const tag = ifMatch?.trim();
  if (tag === undefined || tag === '' || tag === '*') {
    throw new Refusal(
      'version-required',
      'Read the record first, then send its ETag in the If-Match header, such as If-Match: "3".',
    );
  }
  const versions = versionsIn(tag);
  return versions.length === 1 ? (versions[0] as number) : versions;
}

/**
 * Returns the strong tags of a list that are versions; none if the list cannot be read. A tag is between two
 * quotes, and between two tags there is at least one comma, and W/ before a weak tag.
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

/** True if the current version is one of those that were read. */
export function isVersionRead(current: number, read: VersionRead): boolean {
  return typeof read === 'number' ? read === current : read.includes(current);
}

/** Like requireVersion, for routes where the header may be left out. */
export function optionalVersion(ifMatch: string | undefined): VersionRead | undefined {
  return ifMatch === undefined || ifMatch.trim() === '' ? undefined : requireVersion(ifMatch);
}

/** Returns the 412 refusal for a record that is at another version. */
export function versionChanged(current?: number): Refusal {
  return new Refusal(
    'version-changed',
    current === undefined
      ? 'The record is not at the version that If-Match names. Read it again.'
      : `The record is now at version ${current}. Read it again before you change it.`,
    current === undefined ? {} : { currentVersion: current },
  );
}
