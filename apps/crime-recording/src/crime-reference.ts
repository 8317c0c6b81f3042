import { forcesFrom } from '#kernel';
import { formats } from './crime-recording.figures.ts';

/** Whatever a force's references have looked like over the years: letters, digits and separators. */
export const CRIME_REFERENCE_PATTERN = '^[A-Za-z0-9][A-Za-z0-9/._-]*$';

const CODES: ReadonlyMap<string, string> = new Map(forcesFrom(process.env).map(({ slug, code }) => [slug, code]));

/**
 * The reference of a crime: police force code, serial and year, in the configured format. A force without a known code
 * (the sandbox) is written by its slug, so that its references can't be taken for another's.
 */
export function crimeReference(force: string, serial: number, year: number): string {
  const format = formats.on('crime-reference')?.value;
  if (!format) throw new Error('No format for crime references is configured (crime-recording.settings.json)');
  return format
    .replace('{force}', CODES.get(force) ?? force)
    .replace('{serial}', String(serial))
    .replace('{year}', String(year));
}
