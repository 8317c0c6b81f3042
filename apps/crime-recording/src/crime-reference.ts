import { forcesFrom } from '#kernel';
import { formats } from './crime-recording.settings.ts';

/** The formats of the forces changed over the years, so any letters, digits and separators are accepted. */
export const CRIME_REFERENCE_PATTERN = '^[A-Za-z0-9][A-Za-z0-9/._-]*$';
export const EXPECTED_CRIME_REFERENCE =
  'a crime reference of letters, digits and / . _ - without spaces, such as 41/30455/2024';

const CODES: ReadonlyMap<string, string> = new Map(
  forcesFrom(process.env).map(({ slug, code }) => [slug, code]),
);

/**
 * Makes the reference of a crime in the configured format: police force code, serial and year. A force
 * without a known code (the sandbox) has its slug instead, so that nobody takes the reference for another
 * force's.
 */
export function crimeReference(force: string, serial: number, year: number): string {
  return configuredFormat()
    .replace('{force}', CODES.get(force) ?? force)
    .replace('{serial}', String(serial))
    .replace('{year}', String(year));
}

/** Reads serial and year of a reference that `crimeReference` made; undefined for any other. */
export function readCrimeReference(
  force: string,
  reference: string,
): { readonly serial: number; readonly year: number } | undefined {
  const pattern = configuredFormat()
    .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace('{force}', CODES.get(force) ?? force)
    .replace('{serial}', '(?<serial>\\d{1,9})')
    .replace('{year}', '(?<year>\\d{4})');
  const { serial, year } = new RegExp(`^${pattern}$`).exec(reference)?.groups ?? {};
  return serial === undefined || year === undefined
    ? undefined
    : { serial: Number(serial), year: Number(year) };
}

function configuredFormat(): string {
  const format = formats.on('crime-reference')?.value;
  if (!format)
    throw new Error('No format for crime references is configured (crime-recording.settings.json)');
  return format;
}
