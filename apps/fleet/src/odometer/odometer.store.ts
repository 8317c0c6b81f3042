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

/** A proposal about the readings of a vehicle names what one person proposed and another decided. */
export interface Correction {
  readonly id: string;
  readonly kind: NewCorrection['kind'];
  /** The reading that a strike-out names. */
  readonly reading: string | null;
  /** The miles are what a new instrument shows. */
  readonly miles: number | null;
  readonly reason: string;
  readonly state: 'proposed' | 'confirmed' | 'refused';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was refused. */
  readonly refusal: string | null;
}

export interface VehicleView extends Odometer {
  readonly force: string;
  readonly vrm: string;
  /** Newest first. */
  readonly corrections: readonly Correction[];
}

/** Bounds a page of a vehicle: a year of a busy one. */
const SHOWN_MAX = 200;

export async function readVehicle(client: PoolClient, key: VehicleKey): Promise<VehicleView> {
  await requireVehicle(client, key, FIND_VEHICLE);
  const { rows } = await client.query<Correction>(READ_CORRECTIONS, [key.force, key.vrm, SHOWN_MAX]);
  return { ...key, ...(await readOdometer(client, key, SHOWN_MAX)), corrections: rows };
}

/** Keeps what a person proposes; nothing of the vehicle changes before another confirms it. */
export async function proposeCorrection(
  client: PoolClient,
  key: VehicleKey,
  proposed: NewCorrection,
  person: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  const reading =
    proposed.kind === 'strike-out' ? await standingReading(client, key, proposed.reading) : null;
  const open = await client.query<{ id: string }>(FIND_SAME_PROPOSAL, [
    key.force,
    key.vrm,
    proposed.kind,
    reading,
  ]);
  if (open.rows[0])
    throw new Refusal('not-in-this-state', `This is proposed already: confirm or refuse ${open.rows[0].id}.`);
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
  return logged(client, key, rows[0] as Correction, person);
}

/** Carries a proposal out, if another person confirms it, and computes anew what the vehicle has run. */
export async function confirmCorrection(
  client: PoolClient,
  key: VehicleKey,
  id: string,
  person: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  const { kind, reading, miles, proposedBy, proposedAt } = await proposedCorrection(client, key, id);
  if (proposedBy === person)
    throw new Refusal(
      'second-person-needed',
      'Another person of the unit than the one who proposed it must confirm it.',
    );
  const confirmed = await decide(client, key, id, 'confirmed', person);
  if (kind === 'strike-out') {
    await standingReading(client, key, reading as string);
    await client.query(STRIKE_OUT_READING, [key.force, reading, id]);
  } else {
    await client.query(START_NEW_INSTRUMENT, [key.force, key.vrm, miles, proposedAt]);
  }
  await recomputeOdometers(client, [key]);
  return logged(client, key, confirmed, person);
}

/** Lets a proposal go: who proposed it may take it back, and anybody else may refuse it. */
export async function refuseCorrection(
  client: PoolClient,
  key: VehicleKey,
  id: string,
  person: string,
  why: string,
): Promise<Correction> {
  await lockVehicle(client, key);
  await proposedCorrection(client, key, id);
  return logged(client, key, await decide(client, key, id, 'refused', person, why), person);
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

async function logged(
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

async function standingReading(client: PoolClient, { force, vrm }: VehicleKey, id: string): Promise<string> {
  const { rows } = await client.query<{ struck: boolean; taken: string }>(FIND_READING, [force, vrm, id]);
  if (!rows[0]) {
    const detail = `${vrm} has no reading of this id; GET the vehicle shows them`;
    throw new Refusal('invalid-request', `${detail}.`, {
      errors: [{ pointer: '/reading', code: 'NoSuchReading', detail }],
    });
  }
  if (rows[0].taken === 'new-instrument') {
    // Its series would be left without a reading, and the vehicle bound by none.
    const detail =
      'This is what a new instrument showed; propose new-instrument with what the instrument in the vehicle shows';
    throw new Refusal('invalid-request', `${detail}.`, {
      errors: [{ pointer: '/reading', code: 'OfANewInstrument', detail }],
    });
  }
  if (rows[0].struck) throw new Refusal('not-in-this-state', 'This reading has been struck out already.');
  return id;
}

async function proposedCorrection(
  client: PoolClient,
  { force, vrm }: VehicleKey,
  id: string,
): Promise<Correction> {
  const { rows } = isUuid(id)
    ? await client.query<Correction>(FIND_CORRECTION, [force, vrm, id])
    : { rows: [] };
  const found = rows[0];
  if (!found) throw new Refusal('not-found', 'There is no such correction of this vehicle.');
  if (found.state !== 'proposed')
    throw new Refusal('not-in-this-state', `This correction has been ${found.state} already.`);
  return found;
}

async function lockVehicle(client: PoolClient, key: VehicleKey): Promise<void> {
  await requireVehicle(client, key, LOCK_VEHICLE);
}

async function requireVehicle(client: PoolClient, { force, vrm }: VehicleKey, text: string): Promise<void> {
  const { rowCount } = await client.query(text, [force, vrm]);
  if (rowCount === 0) throw noSuchVehicle();
}

/** The one shape for what is not there and for what is another force's. */
export function noSuchVehicle(): Refusal {
  return new Refusal('not-found', 'There is no such vehicle among those you may see.');
}
