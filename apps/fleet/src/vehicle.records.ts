import { answerFault, RELATED_MAX, type ArrivedRequest, type RecordHooks } from '#unit';
import type { PoolClient } from 'pg';
import { odometerCaution, readOdometer, recomputeOdometers } from './odometer/odometer.readings.ts';
import type { VehicleWorkAnswer } from './vehicle-work.answer.ts';
import type { VehicleFields } from './vehicle.fields.ts';
import {
  CHANGE_VEHICLES,
  FINISH_JOBS,
  LOCK_VEHICLES,
  OPEN_JOBS,
  OTHER_JOBS,
  READ_JOBS,
  READ_VEHICLE,
  REGISTER_VEHICLES,
  RETURN_VEHICLES,
} from './vehicle.sql.ts';

/** The force's statements about its vehicle. A field that is left out changes nothing. */
interface VehicleClaims extends VehicleFields {
  readonly offRoad?: boolean | undefined;
  readonly offRoadSince?: string | undefined;
  readonly offRoadReason?: string | undefined;
  readonly motDueOn?: string | undefined;
  readonly serviceDueOn?: string | undefined;
}

type VehicleRequest = ArrivedRequest<VehicleClaims>;

interface KnownVehicle {
  readonly owning_force: string;
  readonly vrm: string;
  /** The unit's highest valid reading; null while there is none. */
  readonly odometer_miles: number | null;
  readonly odometer_series: number;
}

/**
 * Vehicles, the jobs done on them and every odometer reading. The force's reading is only a claim: it binds
 * nobody, because a force's typing error must not block the answer. The unit's own reading is refused if it
 * is below an earlier one. A correction strikes out a wrong reading (odometer/).
 */
export const vehicleRecords: RecordHooks<VehicleClaims, VehicleWorkAnswer> = {
  async onArrival(client, requests) {
    await registerVehicles(client, requests);
    const series = seriesOf(await lockVehicles(client, requests));
    const arrivals = requests.map(({ id, owningForce, type, receivedAt, payload }) => ({
      owning_force: owningForce,
      request_id: id,
      vrm: payload.vrm,
      kind: type,
      at: receivedAt,
      miles: payload.odometerMiles,
      series: series.get(keyOf(owningForce, payload.vrm)),
    }));
    await client.query({
      name: 'vehicle-jobs-arrive',
      text: OPEN_JOBS,
      values: [JSON.stringify(arrivals)],
    });
    await client.query({
      name: 'vehicles-change',
      text: CHANGE_VEHICLES,
      values: [JSON.stringify(latestOfEach(requests))],
    });
  },

  async answerFaults(client, answered) {
    const known = await lockVehicles(
      client,
      answered.map(({ request }) => request),
    );
    const highest = new Map(
      known.map(({ owning_force, vrm, odometer_miles: miles }) => [keyOf(owning_force, vrm), miles ?? 0]),
    );
    return answered.map(({ request, answer }) => {
      const { vrm } = request.payload;
      const { odometerMiles } = answer;
      const key = keyOf(request.owningForce, vrm);
      const before = highest.get(key) ?? 0;
      if (odometerMiles < before) {
        const correct = `POST /v1/vehicles/${request.owningForce}/${vrm}/corrections`;
        const why = `The unit's earlier reading of ${vrm} is ${before} miles, and an odometer never falls.`;
        const detail = `${why} If the earlier reading is wrong, or the odometer was replaced, propose a correction: ${correct}`;
        return [answerFault<VehicleWorkAnswer>('odometerMiles', 'AnOdometerNeverFalls', detail)];
      }
      highest.set(key, odometerMiles);
      return [];
    });
  },

  async onAnswer(client, answered) {
    const series = seriesOf(
      await lockVehicles(
        client,
        answered.map(({ request }) => request),
      ),
    );
    const finished = answered.map(({ request, answer }) => ({
      owning_force: request.owningForce,
      request_id: request.id,
      vrm: request.payload.vrm,
      work: answer,
    }));
    await client.query({
      name: 'vehicle-jobs-finish',
      text: FINISH_JOBS,
      values: [
        JSON.stringify(
          finished.map(({ work, ...job }) => ({
            ...job,
            miles: work.odometerMiles,
            series: series.get(keyOf(job.owning_force, job.vrm)),
            outcome: work.outcome,
            work_done: work.workDone,
            cost_pence: work.costPence,
          })),
        ),
      ],
    });
    await client.query({
      name: 'vehicles-return',
      text: RETURN_VEHICLES,
      values: [JSON.stringify(returnsOfEach(finished))],
    });
    await recomputeOdometers(
      client,
      finished.map(({ owning_force, vrm }) => ({ force: owning_force, vrm })),
    );
    return answered.map(() => ({}));
  },

  async read(client, request) {
    const { vrm } = request.payload;
    const vehicle = await client.query<Record<string, unknown>>(READ_VEHICLE, [request.owningForce, vrm]);
    if (!vehicle.rows[0]) return null;
    const odometer = await readOdometer(client, { force: request.owningForce, vrm }, 20);
    const jobs = await client.query<Record<string, unknown>>(READ_JOBS, [request.owningForce, vrm]);
    return { ...vehicle.rows[0], ...odometer, jobs: jobs.rows };
  },

  async cautions(client, { owningForce, payload: { vrm, odometerMiles } }) {
    const expected = await odometerCaution(client, { force: owningForce, vrm }, odometerMiles);
    return [{ pointer: '/odometerMiles', ...expected }];
  },

  async related(client, { owningForce, id, payload: { vrm } }) {
    const { rows } = await client.query<{
      requestId: string;
      outcome: keyof typeof OUTCOMES | null;
      workDone: string | null;
    }>(OTHER_JOBS, [owningForce, vrm, id, RELATED_MAX]);
    return rows.map(({ requestId, outcome, workDone }) => ({
      requestId,
      summary: `${vrm}: ${[outcome === null ? 'not finished yet' : OUTCOMES[outcome], workDone ?? []].flat().join('. ')}`,
    }));
  },
};

/** The outcome of a job in words. */
const OUTCOMES = { completed: 'completed', 'not-needed': 'not needed', 'beyond-repair': 'beyond repair' };

function seriesOf(known: readonly KnownVehicle[]): Map<string, number> {
  return new Map(
    known.map(({ owning_force, vrm, odometer_series: series }) => [keyOf(owning_force, vrm), series]),
  );
}

function keyOf(force: string, vrm: string): string {
  return `${force}/${vrm}`;
}

/**
 * Lists each vehicle of the batch once. The list is in the order of the keys, so that two batches cannot
 * block each other.
 */
function vehiclesOf(requests: readonly VehicleRequest[]): { owning_force: string; vrm: string }[] {
  const vehicles = new Map<string, { owning_force: string; vrm: string }>();
  for (const { owningForce, payload } of requests) {
    vehicles.set(keyOf(owningForce, payload.vrm), { owning_force: owningForce, vrm: payload.vrm });
  }
  return [...vehicles.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, vehicle]) => vehicle);
}

interface VehicleChange {
  readonly owning_force: string;
  readonly vrm: string;
  readonly make_and_model: string | undefined;
  readonly role: string | undefined;
  readonly mot_due_on: string | undefined;
  readonly service_due_on: string | undefined;
  readonly off_road: boolean | undefined;
  readonly off_road_since: string | undefined;
  readonly off_road_reason: string | undefined;
}

/** Lists each vehicle of the batch once, with the latest value of each field that the requests give. */
function latestOfEach(requests: readonly VehicleRequest[]): VehicleChange[] {
  const latest = new Map<string, VehicleChange>();
  for (const { owningForce, payload } of requests) {
    const { vrm, offRoad } = payload;
    const earlier = latest.get(keyOf(owningForce, vrm));
    const isSilent = offRoad === undefined;
    latest.set(keyOf(owningForce, vrm), {
      owning_force: owningForce,
      vrm,
      make_and_model: payload.makeAndModel ?? earlier?.make_and_model,
      role: payload.role ?? earlier?.role,
      mot_due_on: payload.motDueOn ?? earlier?.mot_due_on,
      service_due_on: payload.serviceDueOn ?? earlier?.service_due_on,
      off_road: isSilent ? earlier?.off_road : offRoad,
      // A vehicle on the road has no off-road time and no reason, so these clear the earlier ones.
      off_road_since: isSilent ? earlier?.off_road_since : payload.offRoadSince,
      off_road_reason: isSilent ? earlier?.off_road_reason : payload.offRoadReason,
    });
  }
  return [...latest.values()];
}

interface FinishedWork {
  readonly owning_force: string;
  readonly vrm: string;
  readonly work: VehicleWorkAnswer;
}

interface VehicleReturn {
  readonly owning_force: string;
  readonly vrm: string;
  readonly mot_due_on: string | undefined;
  readonly service_due_on: string | undefined;
  readonly on_road: boolean;
}

/**
 * Lists each vehicle once, with the result of all jobs that were finished on it together. The vehicle is back
 * on the road unless every job says that it is beyond repair.
 */
function returnsOfEach(finished: readonly FinishedWork[]): VehicleReturn[] {
  const returns = new Map<string, VehicleReturn>();
  for (const { owning_force, vrm, work } of finished) {
    const earlier = returns.get(keyOf(owning_force, vrm));
    returns.set(keyOf(owning_force, vrm), {
      owning_force,
      vrm,
      mot_due_on: work.motDueOn ?? earlier?.mot_due_on,
      service_due_on: work.serviceDueOn ?? earlier?.service_due_on,
      on_road: work.outcome !== 'beyond-repair' || earlier?.on_road === true,
    });
  }
  return [...returns.values()];
}

async function registerVehicles(client: PoolClient, requests: readonly VehicleRequest[]): Promise<void> {
  await client.query({
    name: 'vehicles-register',
    text: REGISTER_VEHICLES,
    values: [JSON.stringify(vehiclesOf(requests))],
  });
}

async function lockVehicles(
  client: PoolClient,
  requests: readonly VehicleRequest[],
): Promise<KnownVehicle[]> {
  const { rows } = await client.query<KnownVehicle>({
    name: 'vehicles-lock',
    text: LOCK_VEHICLES,
    values: [JSON.stringify(vehiclesOf(requests))],
  });
  return rows;
}
