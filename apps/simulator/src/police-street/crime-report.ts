import type { StreetRow } from './street-row.ts';

/** What stands in the place of a location that was not published; the report must name one. */
const NO_LOCATION = 'No Location';

/**
 * The payload of a crime-report for one row with a crime id. The publication gives a month and no time of receipt, and that
 * is what the report says: nothing is invented. What a row leaves empty is left out. Throws a sentence that names the column when
 * a coordinate is none.
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

/** Decimal degrees as they are published; `Number` would also read `0x10` and `1e400`. */
const DEGREES = /^-?\d{1,3}(?:\.\d+)?$/;

/** Both, or neither where both are empty. A wrong one is never taken for an absent one. */
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
