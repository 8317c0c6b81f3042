import type { PoolClient } from 'pg';
import { READ_ODOMETER, READ_READINGS, RECOMPUTE_ODOMETERS } from './odometer.sql.ts';

export interface VehicleKey {
  readonly force: string;
  readonly vrm: string;
}

/** A reading as it was taken, with its present state. */
export interface OdometerReading {
  readonly id: string;
  /** The number of the instrument: a new instrument starts the next series. */
  readonly series: number;
  readonly miles: number;
  readonly taken: 'on-arrival' | 'when-finished' | 'new-instrument';
  readonly readAt: Date;
  /** True for a force's claim that a reading of the unit contradicts. */
  readonly disputed: boolean;
  /** The confirmed correction that struck the reading out; null while the reading is valid. */
  readonly struckOutBy: string | null;
}

export interface Odometer {
  /**
   * The unit's highest valid reading. Without one, it is the force's newest claim; null where there is
   * neither.
   */
  readonly odometerMiles: number | null;
  /** False while only a force's claim is known. */
  readonly odometerConfirmed: boolean;
  /** Newest first. */
  readonly readings: readonly OdometerReading[];
}

/**
 * Recomputes, from the valid readings, the miles below which the next answer is refused. The caller holds the
 * lock of the vehicles.
 */
export async function recomputeOdometers(client: PoolClient, vehicles: readonly VehicleKey[]): Promise<void> {
  await client.query({
    name: 'odometers-recompute',
    text: RECOMPUTE_ODOMETERS,
    values: [JSON.stringify(vehicles)],
  });
}

/**
 * The reading that an answer is expected to have: not below what the force and the unit have read, and below
 * ten times that, because the usual mistake is a digit too many or too few.
 */
export async function odometerCaution(
  client: PoolClient,
  vehicle: VehicleKey,
  claimed: number,
): Promise<{ readonly least: number; readonly most: number; readonly detail: string }> {
  const { vrm } = vehicle;
  const own = (await odometerNow(client, vehicle)).miles ?? 0;
  const known = Math.max(own, claimed);
  const miles = known.toLocaleString('en-GB');
  const before =
    own > claimed
      ? `The unit read ${miles} miles for ${vrm} before`
      : `The force read ${miles} miles for ${vrm} when it sent the request`;
  return {
    least: known,
    most: Math.max(known, 1) * 10 - 1,
    detail: `${before}. Read the odometer again; if your reading is right, send it once more.`,
  };
}

/** The unit's highest valid reading, and the force's newest claim. */
async function odometerNow(
  client: PoolClient,
  { force, vrm }: VehicleKey,
): Promise<{ readonly miles: number | null; readonly claimed: number | null }> {
  const { rows } = await client.query<{ miles: number | null; claimed: number | null }>({
    name: 'odometer-now',
    text: READ_ODOMETER,
    values: [force, vrm],
  });
  return rows[0] ?? { miles: null, claimed: null };
}

/** Reads the newest readings of a vehicle and its present miles. */
export async function readOdometer(
  client: PoolClient,
  { force, vrm }: VehicleKey,
  limit: number,
): Promise<Odometer> {
  const { miles, claimed } = await odometerNow(client, { force, vrm });
  const { rows } = await client.query<OdometerReading>({
    name: 'odometer-readings',
    text: READ_READINGS,
    values: [force, vrm, limit],
  });
  return { odometerMiles: miles ?? claimed, odometerConfirmed: miles !== null, readings: rows };
}
