import type { PoolClient } from 'pg';

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
  /** The unit's highest reading that stands; where it has taken none, the force's newest claim; null where neither stands. */
  readonly odometerMiles: number | null;
  /** False while nothing but a force's claim is known. */
  readonly odometerConfirmed: boolean;
  /** Newest first. */
  readonly readings: readonly OdometerReading[];
}

/** This computes anew, from the readings that stand, what binds the next answer. It runs under the lock of the vehicles. */
export async function recomputeOdometers(client: PoolClient, vehicles: readonly VehicleKey[]): Promise<void> {
  await client.query({
    name: 'odometers-recompute',
    text: `
update vehicle set odometer_miles = (
  select max(miles) from odometer_reading as reading
  where reading.owning_force = vehicle.owning_force and reading.vrm = vehicle.vrm and reading.series = vehicle.odometer_series
    and taken <> 'on-arrival' and struck_out_by is null)
from json_to_recordset($1) as changed (force text, vrm text)
where vehicle.owning_force = changed.force and vehicle.vrm = changed.vrm`,
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
    text: `
select odometer_miles as miles, (
    select miles from odometer_reading as claim
    where claim.owning_force = vehicle.owning_force and claim.vrm = vehicle.vrm and claim.series = vehicle.odometer_series
      and taken = 'on-arrival' and struck_out_by is null order by read_at desc limit 1) as claimed
from vehicle where owning_force = $1 and vrm = $2`,
    values: [force, vrm],
  });
  const { rows } = await client.query<OdometerReading>({
    name: 'odometer-readings',
    text: `
select id, series, miles, taken, read_at as "readAt", struck_out_by as "struckOutBy",
  taken = 'on-arrival' and exists (
    select from odometer_reading as own
    where own.owning_force = reading.owning_force and own.vrm = reading.vrm and own.series = reading.series
      and own.taken <> 'on-arrival' and own.struck_out_by is null
      and (own.read_at <= reading.read_at and own.miles > reading.miles or own.read_at > reading.read_at and own.miles < reading.miles)
  ) as disputed
from odometer_reading as reading where owning_force = $1 and vrm = $2 order by read_at desc, id limit $3`,
    values: [force, vrm, limit],
  });
  const { miles = null, claimed = null } = known.rows[0] ?? {};
  return { odometerMiles: miles ?? claimed, odometerConfirmed: miles !== null, readings: rows };
}
