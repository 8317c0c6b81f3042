import { oneByOne, type ArrivedRequest, type RecordHooks, type ToldRequest } from '#unit';
import type { PoolClient } from 'pg';
import { crimeReference, readCrimeReference } from './crime-reference.ts';
import { offenceOf } from './offence-codes.ts';
import { KEEP_SERIAL, NEXT_SERIAL, READ_CHANGES, READ_CRIME, RECORD_CRIME } from './crime.sql.ts';

/** A reported crime as the register sees it. */
interface ReportedCrime {
  readonly crimeType: string;
  readonly reportReceivedAt: string | undefined;
}

/** The answer to a report; without an offence code it is no crime. */
interface RecordingDecision {
  readonly offenceCode: string | undefined;
}

/** The part of a recorded crime that its force is told. */
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
 * The register of recorded crimes. A reference is allocated inside the transaction of the answer: the counter
 * of the force and year stays locked until it commits, so an answer that is rolled back leaves no gap and no
 * number is reused. A reference that somebody wrote is looked for in capital and small letters alike.
 */
export const crimeRecords: RecordHooks<ReportedCrime, RecordingDecision, RecordedCrime> = {
  onAnswer: oneByOne(recordCrime),

  /**
   * Under the reference that the force was told; the serial goes on behind it, so that no reference is given
   * twice.
   */
  async onCaughtUp(client, told) {
    for (const one of told) await recordAgain(client, one);
  },

  read: (client, request) => readCrime(client, request, null),
};

/** The crime of a report, or of the reference that a change names, with the changes that were asked for. */
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
  // The year is the one in London in which the crime is recorded, by the database's clock.
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
  { request, answer, added }: ToldRequest<ReportedCrime, RecordingDecision, RecordedCrime>,
): Promise<void> {
  const { offenceCode: code } = answer;
  const { crimeReference: reference } = added;
  if (reference === undefined || !code) return;
  const read = readCrimeReference(request.owningForce, reference);
  if (!read) throw new Error(`the format of crime references has changed since ${reference} was given`);
  await client.query(KEEP_SERIAL, [request.owningForce, read.year, read.serial]);
  await insertCrime(client, request, { reference, code, ...read });
}
