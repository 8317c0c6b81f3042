import type { PoolClient } from 'pg';
import { READ_ODOMETER, READ_READINGS, RECOMPUTE_ODOMETERS } from './odometer.sql.ts';

export interface VehicleKey {
  readonly force: string;
  readonly vrm: string;
}

/** A reading as it was taken, and what is known of it now. */
export interface OdometerReading {
  readonly id: string;
  /** One instrument; a new one begins the next. */
  readonly series: number;
  readonly miles: number;
  readonly taken: 'on-arrival' | 'when-finished' | 'new-instrument';
  readonly readAt: Date;
  /** A force's claim that a reading of the unit contradicts. */
  readonly disputed: boolean;
  /** The confirmed correction by which it no longer counts. */
  readonly struckOutBy: string | null;
}

export interface Odometer {
  /**
   * The unit's highest reading that stands; where it has taken none, the force's newest claim; null where
   * neither stands.
   */
  readonly odometerMiles: number | null;
  /** False while nothing but a force's claim is known. */
  readonly odometerConfirmed: boolean;
  /** Newest first. */
  readonly readings: readonly OdometerReading[];
}

/**
 * This computes anew, from the readings that stand, what binds the next answer. It runs under the lock of the
 * vehicles.
 */
export async function recomputeOdometers(client: PoolClient, vehicles: readonly VehicleKey[]): Promise<void> {
  await client.query({
    name: 'odometers-recompute',
    text: RECOMPUTE_ODOMETERS,
    values: [JSON.stringify(vehicles)],
  });
}

/** The readings of a vehicle and what they come to. */
export async function readOdometer(
  client: PoolClient,
  { force, vrm }: VehicleKey,
  limit: number,
): Promise<Odometer> {
  const known = await client.query<{ miles: number | null; claimed: number | null }>({
    name: 'odometer-now',
    text: READ_ODOMETER,
    values: [force, vrm],
  });
  const { rows } = await client.query<OdometerReading>({
    name: 'odometer-readings',
    text: READ_READINGS,
    values: [force, vrm, limit],
  });
  const { miles = null, claimed = null } = known.rows[0] ?? {};
  return { odometerMiles: miles ?? claimed, odometerConfirmed: miles !== null, readings: rows };
}
