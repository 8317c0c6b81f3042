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

/** Reads the newest readings of a vehicle and its present miles. */
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
