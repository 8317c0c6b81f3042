import type { StreetRow } from './street-row.ts';

/** Replaces a location that was not published, because the report must name one. */
const NO_LOCATION = 'No Location';

/**
 * Builds the payload of a crime-report for one row with a crime id. The publication gives only a month and no
 * time of receipt, and the report says the same; nothing is invented. Empty cells are left out. Throws a
 * sentence that names the column if a coordinate is not valid.
 */
export function crimeReportOf(row: StreetRow): Record<string, unknown> {
  return {
    receiptUnknown: true,
    crimeType: row['Crime type'],
    occurredMonth: row.Month,
    location: row.Location || NO_LOCATION,
    ...coordinatesOf(row),
    ...(row['LSOA code'] && { lsoaCode: row['LSOA code'] }),
    ...(row['LSOA name'] && { lsoaName: row['LSOA name'] }),
    ...(row['Falls within'] && { fallsWithin: row['Falls within'] }),
    ...(row['Last outcome category'] && { outcomeCategory: row['Last outcome category'] }),
    ...(row.Context && { summary: row.Context }),
    publishedCrimeId: row['Crime ID'],
  };
}

/** The published form of decimal degrees; `Number` would also accept `0x10` and `1e400`. */
const DEGREES = /^-?\d{1,3}(?:\.\d+)?$/;

/** Reads both coordinates, or neither if both are empty. A wrong one never counts as absent. */
function coordinatesOf({
  Longitude,
  Latitude,
}: StreetRow): { longitude: number; latitude: number } | undefined {
  if (Longitude === '' && Latitude === '') return undefined;
  const degrees = (column: string, text: string, most: number): number => {
    const value = DEGREES.test(text) ? Number(text) : NaN;
    if (!(Math.abs(value) <= most)) {
      const found = text === '' ? 'is empty and the other coordinate is not' : `is "${text.slice(0, 40)}"`;
      throw new Error(
        `${column} ${found}; give decimal degrees such as -0.576539, or leave both coordinates empty`,
      );
    }
    return value;
  };
  return { longitude: degrees('Longitude', Longitude, 180), latitude: degrees('Latitude', Latitude, 90) };
}
