import type { StreetRow } from './street-row.ts';

/** What stands in the place of a location that was not published; the report must name one. */
const NO_LOCATION = 'No Location';

/**
 * The payload of a crime-report for one row with a crime id. The publication gives a month and no time of receipt, and that
 * is what the report says: nothing is invented. What a row leaves empty is left out.
 */
export function crimeReportOf(row: StreetRow): Record<string, unknown> {
  const [longitude, latitude] = [row.Longitude, row.Latitude].map((text) => (text === '' ? NaN : Number(text)));
  const located = Number.isFinite(longitude) && Number.isFinite(latitude);
  return {
    receiptUnknown: true,
    crimeType: row['Crime type'],
    occurredMonth: row.Month,
    location: row.Location || NO_LOCATION,
    ...(located && { longitude, latitude }),
    ...(row['LSOA code'] && { lsoaCode: row['LSOA code'] }),
    ...(row['LSOA name'] && { lsoaName: row['LSOA name'] }),
    ...(row['Falls within'] && { fallsWithin: row['Falls within'] }),
    ...(row['Last outcome category'] && { outcomeCategory: row['Last outcome category'] }),
    ...(row.Context && { summary: row.Context }),
    publishedCrimeId: row['Crime ID'],
  };
}
