import { Refusal } from '#contracts';
import { isUuid, newId } from '#kernel';
import { recordAccess } from '#persistence';
import type { PoolClient } from 'pg';
import type { NewCorrection } from './correction.body.ts';
import { readOdometer, recomputeOdometers, type Odometer, type VehicleKey } from './odometer.readings.ts';
import {
  DECIDE_CORRECTION,
  FIND_CORRECTION,
  FIND_READING,
  FIND_SAME_PROPOSAL,
  FIND_VEHICLE,
  LOCK_VEHICLE,
  PROPOSE_CORRECTION,
  READ_CORRECTIONS,
  REQUEST_OF_READING,
  START_NEW_INSTRUMENT,
  STRIKE_OUT_READING,
} from './odometer.sql.ts';

/** A correction of a vehicle's readings, proposed by one person and decided by another. */
export interface Correction {
  readonly id: string;
  readonly kind: NewCorrection['kind'];
  /** The id of the reading to strike out; null for a new instrument. */
  readonly reading: string | null;
  /** The miles that the new instrument shows; null for a strike-out. */
  readonly miles: number | null;
  readonly reason: string;
  readonly state: 'proposed' | 'confirmed' | 'refused';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** The reason for a refusal. */
  readonly refusal: string | null;
}

export interface VehicleView extends Odometer {
  readonly force: string;
  readonly vrm: string;
  /** Newest first. */
  readonly corrections: readonly Correction[];
}

/** The most readings and corrections shown: about a year of a busy vehicle. */
const SHOWN_MAX = 200;

export async function readVehicle(client: PoolClient, key: VehicleKey): Promise<VehicleView> {
  await requireVehicle(client, key, FIND_VEHICLE);
  const { rows } = await client.query<Correction>(READ_CORRECTIONS, [key.force, key.vrm, SHOWN_MAX]);
  return { ...key, ...(await readOdometer(client, key, SHOWN_MAX)), corrections: rows };
}

/** Stores a proposed correction. The vehicle changes only when another person confirms it. */
export async function proposeCorrection(
  client: PoolClient,
  key: VehicleKey,
  proposed: NewCorrection,
  person: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  const reading =
    proposed.kind === 'strike-out' ? await requireValidReading(client, key, proposed.reading) : null;
  const open = await client.query<{ id: string }>(FIND_SAME_PROPOSAL, [
    key.force,
    key.vrm,
    proposed.kind,
    reading,
  ]);
  if (open.rows[0])
    throw new Refusal(
      'not-in-this-state',
      `The same correction is already proposed. Confirm or refuse ${open.rows[0].id}.`,
    );
  const { rows } = await client.query<Correction>(PROPOSE_CORRECTION, [
    key.force,
    newId(),
    key.vrm,
    proposed.kind,
    reading,
    proposed.kind === 'new-instrument' ? proposed.miles : null,
    proposed.reason,
    person,
  ]);
  return logAndReturn(client, key, rows[0] as Correction, person);
}

/** Carries out a correction that another person proposed, and recomputes the vehicle's miles. */
export async function confirmCorrection(
  client: PoolClient,
  key: VehicleKey,
  id: string,
  person: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  const { kind, reading, miles, proposedBy, proposedAt } = await requireProposedCorrection(client, key, id);
  if (proposedBy === person)
    throw new Refusal(
      'second-person-needed',
      'You proposed this correction. Another person of the unit must confirm it.',
    );
  const confirmed = await decide(client, key, id, 'confirmed', person);
  if (kind === 'strike-out') {
    await requireValidReading(client, key, reading as string);
    await client.query(STRIKE_OUT_READING, [key.force, reading, id]);
  } else {
    await client.query(START_NEW_INSTRUMENT, [key.force, key.vrm, miles, proposedAt]);
  }
  await recomputeOdometers(client, [key]);
  return logAndReturn(client, key, confirmed, person);
}

/** Refuses a proposed correction. The proposer may do this too, to take the correction back. */
export async function refuseCorrection(
  client: PoolClient,
  key: VehicleKey,
  id: string,
  person: string,
  why: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  await requireProposedCorrection(client, key, id);
  return logAndReturn(client, key, await decide(client, key, id, 'refused', person, why), person);
}

async function decide(
  client: PoolClient,
  key: VehicleKey,
  id: string,
  state: 'confirmed' | 'refused',
  person: string,
  why: string | null = null,
): Promise<Correction> {
  const { rows } = await client.query<Correction>(DECIDE_CORRECTION, [key.force, id, state, person, why]);
  return rows[0] as Correction;
}

async function logAndReturn(
  client: PoolClient,
  key: VehicleKey,
  correction: Correction,
  person: string,
): Promise<Correction> {
  const { rows } = await client.query<{ request: string | null }>(REQUEST_OF_READING, [
    key.force,
    correction.reading,
  ]);
  const reason = `odometer ${correction.kind} ${correction.state}: ${correction.id}`;
  const entry = {
    owningForce: key.force,
    person,
    service: 'fleet',
    requestId: rows[0]?.request ?? null,
    reason,
  };
  await recordAccess(client, [{ ...entry, operation: 'alteration' }]);
  return correction;
}

async function requireValidReading(
  client: PoolClient,
  { force, vrm }: VehicleKey,
  id: string,
): Promise<string> {
  const { rows } = await client.query<{ struck: boolean; taken: string }>(FIND_READING, [force, vrm, id]);
  if (!rows[0]) {
    const detail = `${vrm} has no reading with this id. GET the vehicle to see its readings`;
    throw new Refusal('invalid-request', `${detail}.`, {
      errors: [{ pointer: '/reading', code: 'NoSuchReading', detail }],
    });
  }
  if (rows[0].taken === 'new-instrument') {
    // Without its first reading the series would be empty, and no reading would bind the next answer.
    const detail =
      'The first reading of a new instrument cannot be struck out. Propose new-instrument with the miles that the present instrument shows';
    throw new Refusal('invalid-request', `${detail}.`, {
      errors: [{ pointer: '/reading', code: 'OfANewInstrument', detail }],
    });
  }
  if (rows[0].struck) throw new Refusal('not-in-this-state', 'This reading is already struck out.');
  return id;
}

async function requireProposedCorrection(
  client: PoolClient,
  { force, vrm }: VehicleKey,
  id: string,
): Promise<Correction> {
  const { rows } = isUuid(id)
    ? await client.query<Correction>(FIND_CORRECTION, [force, vrm, id])
    : { rows: [] };
  const found = rows[0];
  if (!found) throw new Refusal('not-found', 'This vehicle has no correction with this id.');
  if (found.state !== 'proposed')
    throw new Refusal('not-in-this-state', `This correction is already ${found.state}.`);
  return found;
}

async function lockVehicle(client: PoolClient, key: VehicleKey): Promise<void> {
  await requireVehicle(client, key, LOCK_VEHICLE);
}

async function requireVehicle(client: PoolClient, { force, vrm }: VehicleKey, text: string): Promise<void> {
  const { rowCount } = await client.query(text, [force, vrm]);
  if (rowCount === 0) throw noSuchVehicle();
}

/** An unknown vehicle and a vehicle of another force get the same refusal, so that nothing leaks. */
export function noSuchVehicle(): Refusal {
  return new Refusal('not-found', 'No vehicle with this force and registration mark is visible to you.');
}
