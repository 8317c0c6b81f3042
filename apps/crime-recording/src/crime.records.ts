import {
  oneByOne,
  RELATED_MAX,
  type ArrivedRequest,
  type PublishedAnswer,
  type RecordHooks,
  type RelatedRequest,
} from '#unit';
import type { PoolClient } from 'pg';
import { crimeReference, readCrimeReference } from './crime-reference.ts';
import { offenceOf } from './offence-codes.ts';
import {
  KEEP_SERIAL,
  NEXT_SERIAL,
  READ_CHANGES,
  READ_CRIME,
  RECORD_CRIME,
  REQUESTS_ABOUT_CRIME,
} from './crime.sql.ts';

/** The part of a report that the register uses. */
interface ReportedCrime {
  readonly crimeType: string;
  readonly reportReceivedAt: string | undefined;
}

/** The part of the answer that the register uses. Without an offence code nothing is recorded. */
interface RecordingDecision {
  readonly offenceCode: string | undefined;
}

/** The part of a recorded crime that is added to the answer for the force. */
interface RecordedCrime {
  readonly crimeReference?: string;
  readonly offence?: string | null;
}

interface CrimeRow {
  readonly reference: string;
  readonly offenceCode: string;
  readonly crimeType: string;
  readonly state: string;
  readonly recordedAt: Date;
}

/**
 * The register of recorded crimes. The transaction of the answer allocates the reference. It locks the
 * counter of the force and year until it commits, so a rollback leaves no gap and no number is used twice. A
 * reference in a request is found in capital and small letters alike.
 */
export const crimeRecords: RecordHooks<ReportedCrime, RecordingDecision, RecordedCrime> = {
  onAnswer: oneByOne(recordCrime),

  /**
   * Records each crime again under the reference that its force knows. The serial continues after it, so that
   * no reference is used twice.
   */
  async onCaughtUp(client, published) {
    for (const one of published) await recordAgain(client, one);
  },

  searchedAnswer: { crimeReference: 'Crime reference' },

  read: (client, request) => readCrime(client, request, null),
  related: (client, request) => requestsAboutCrime(client, request, null),
};

const KINDS = {
  report: 'The report of the crime',
  cancellation: 'A request to cancel the crime',
  transfer: 'A request to transfer the crime',
};

/** Finds the other requests about the crime of a report, or of a given reference. */
export async function requestsAboutCrime(
  client: PoolClient,
  { owningForce, id }: ArrivedRequest<unknown>,
  reference: string | null,
): Promise<RelatedRequest[]> {
  const { rows } = await client.query<{ requestId: string; reference: string; kind: keyof typeof KINDS }>(
    REQUESTS_ABOUT_CRIME,
    [owningForce, id, reference, RELATED_MAX],
  );
  return rows.map((row) => ({ requestId: row.requestId, summary: `${KINDS[row.kind]} ${row.reference}` }));
}

/** Reads the crime of a report or of a given reference, with the requests to change it. */
export async function readCrime(
  client: PoolClient,
  request: ArrivedRequest<unknown>,
  reference: string | null,
): Promise<Record<string, unknown> | null> {
  const crime = await client.query<CrimeRow>(READ_CRIME, [request.owningForce, request.id, reference]);
  const found = crime.rows[0];
  const changes = await client.query<Record<string, unknown>>(READ_CHANGES, [
    request.owningForce,
    reference ?? found?.reference ?? '',
  ]);
  if (!found && changes.rows.length === 0) return null;
  return {
    ...(found ?? { reference, state: 'not-on-this-register' }),
    ...(found && { offence: offenceOf(found.offenceCode) }),
    changes: changes.rows,
  };
}

async function recordCrime(
  client: PoolClient,
  request: ArrivedRequest<ReportedCrime>,
  { offenceCode: code }: RecordingDecision,
): Promise<RecordedCrime> {
  if (!code) return {};
  // The year is the present year in London, by the clock of the database.
  const next = await client.query<{ year: number; serial: number }>({
    name: 'crime-serial',
    text: NEXT_SERIAL,
    values: [request.owningForce],
  });
  const { year, serial } = next.rows[0] as { year: number; serial: number };
  const reference = crimeReference(request.owningForce, serial, year);
  await insertCrime(client, request, { reference, year, serial, code });
  return { crimeReference: reference, offence: offenceOf(code) };
}

async function insertCrime(
  client: PoolClient,
  request: ArrivedRequest<ReportedCrime>,
  {
    reference,
    year,
    serial,
    code,
  }: { readonly reference: string; readonly year: number; readonly serial: number; readonly code: string },
): Promise<void> {
  await client.query({
    name: 'crime-recorded',
    text: RECORD_CRIME,
    values: [
      request.owningForce,
      request.id,
      reference,
      year,
      serial,
      code,
      request.payload.crimeType,
      request.payload.reportReceivedAt ?? null,
    ],
  });
}

async function recordAgain(
  client: PoolClient,
  { request, answer, added }: PublishedAnswer<ReportedCrime, RecordingDecision, RecordedCrime>,
): Promise<void> {
  const { offenceCode: code } = answer;
  const { crimeReference: reference } = added;
  if (reference === undefined || !code) return;
  const read = readCrimeReference(request.owningForce, reference);
  if (!read)
    throw new Error(
      `The crime reference ${reference} does not have the configured format. Configure the format that was used for it`,
    );
  await client.query(KEEP_SERIAL, [request.owningForce, read.year, read.serial]);
  await insertCrime(client, request, { reference, code, ...read });
}
