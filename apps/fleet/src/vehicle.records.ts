import { answerFault, type ArrivedRequest, type UnitRecords } from '#unit';
import type { PoolClient } from 'pg';
import { ODOMETER_CORRECTIONS } from './odometer/odometer.migration.ts';
import { readOdometer, recomputeOdometers } from './odometer/odometer.readings.ts';
import type { AboutAVehicleThatMayBeOffRoad } from './off-road.rules.ts';
import type { VehicleWorkAnswer } from './vehicle-work.answer.ts';
import type { VehicleService } from './vehicle-service.request.ts';

type Claims = Partial<AboutAVehicleThatMayBeOffRoad & Pick<VehicleService, 'motDueOn' | 'serviceDueOn'>> &
  Pick<AboutAVehicleThatMayBeOffRoad, 'vrm' | 'odometerMiles'>;

interface KnownVehicle {
  readonly owning_force: string;
  readonly vrm: string;
  /** The highest reading of the unit that stands; null while there is none. */
  readonly odometer_miles: number | null;
  readonly odometer_series: number;
}

/**
 * Vehicles, the jobs done on them and every odometer reading. What a force reads is kept as its claim and binds nobody: a
 * typing error must not make its vehicle unanswerable. A reading of the unit below one before it is refused; a wrong one is
 * struck out by a correction (odometer/).
 */
export const vehicleRecords: UnitRecords = {
  migrations: [
    {
      name: '001-vehicle',
      owned: ['vehicle', 'vehicle_job', 'odometer_reading'],
      up: `
create table vehicle (
  owning_force text not null,
  vrm text not null,
  make_and_model text,
  role text,
  odometer_miles integer not null check (odometer_miles >= 0),
  off_road_since timestamptz,
  off_road_reason text,
  mot_due_on date,
  service_due_on date,
  primary key (owning_force, vrm),
  check (off_road_reason is null or off_road_since is not null)
);
create function odometer_never_falls() returns trigger language plpgsql as $$
begin
  raise exception 'the odometer of % never falls', old.vrm using errcode = '23514';
end $$;
create trigger odometer_never_falls before update on vehicle
  for each row when (new.odometer_miles < old.odometer_miles) execute function odometer_never_falls();
create table vehicle_job (
  owning_force text not null,
  request_id uuid not null,
  vrm text not null,
  kind text not null,
  opened_at timestamptz not null,
  outcome text check (outcome in ('completed', 'not-needed', 'beyond-repair')),
  work_done text,
  cost_pence bigint check (cost_pence >= 0),
  closed_at timestamptz,
  primary key (owning_force, request_id),
  foreign key (owning_force, vrm) references vehicle (owning_force, vrm)
);
create index vehicle_job_by_vehicle on vehicle_job (owning_force, vrm, opened_at);
create table odometer_reading (
  owning_force text not null,
  request_id uuid not null,
  taken text not null check (taken in ('on-arrival', 'when-finished')),
  vrm text not null,
  miles integer not null check (miles >= 0),
  disputed boolean not null,
  read_at timestamptz not null,
  primary key (owning_force, request_id, taken)
);
create index odometer_reading_by_vehicle on odometer_reading (owning_force, vrm, read_at);`,
    },
    {
      name: '002-readings-of-reopened-work',
      owned: [],
      // Work that was reopened is finished again, with a reading of its own.
      up: `
alter table odometer_reading drop constraint odometer_reading_pkey,
  add primary key (owning_force, request_id, taken, read_at);`,
    },
    ODOMETER_CORRECTIONS,
  ],

  async onArrival(client, requests) {
    await registerVehicles(client, requests);
    const series = seriesOf(await lockVehicles(client, requests));
    const arrivals = requests.map((request) => {
      const { vrm, odometerMiles } = request.payload as unknown as Claims;
      return {
        owning_force: request.owningForce,
        request_id: request.id,
        vrm,
        kind: request.type,
        at: request.receivedAt,
        miles: odometerMiles,
        series: series.get(keyOf(request.owningForce, vrm)),
      };
    });
    await client.query({
      name: 'vehicle-jobs-arrive',
      text: `
with arrival as materialized (
  select * from json_to_recordset($1) as a
    (owning_force text, request_id uuid, vrm text, kind text, at timestamptz, miles integer, series integer)
), job as (
  insert into vehicle_job (owning_force, request_id, vrm, kind, opened_at)
  select owning_force, request_id, vrm, kind, at from arrival
)
insert into odometer_reading (owning_force, request_id, taken, vrm, miles, series, read_at)
select owning_force, request_id, 'on-arrival', vrm, miles, series, at from arrival`,
      values: [JSON.stringify(arrivals)],
    });
    await client.query({
      name: 'vehicles-change',
      text: `
update vehicle set
  make_and_model = coalesce(change.make_and_model, vehicle.make_and_model),
  role = coalesce(change.role, vehicle.role),
  off_road_since = case when change.off_road is null then vehicle.off_road_since else change.off_road_since end,
  off_road_reason = case when change.off_road is null then vehicle.off_road_reason else change.off_road_reason end,
  mot_due_on = coalesce(change.mot_due_on, vehicle.mot_due_on),
  service_due_on = coalesce(change.service_due_on, vehicle.service_due_on)
from json_to_recordset($1) as change
  (owning_force text, vrm text, make_and_model text, role text, off_road boolean,
   off_road_since timestamptz, off_road_reason text, mot_due_on date, service_due_on date)
where vehicle.owning_force = change.owning_force and vehicle.vrm = change.vrm`,
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
      const { vrm } = request.payload as unknown as Claims;
      const { odometerMiles } = answer as unknown as VehicleWorkAnswer;
      const key = keyOf(request.owningForce, vrm);
      const before = highest.get(key) ?? 0;
      if (odometerMiles < before) {
        const detail = `This unit has already read ${before} miles on ${vrm}. If that was wrong, or the instrument is new, propose a correction: POST /v1/vehicles/${request.owningForce}/${vrm}/corrections`;
        return [answerFault('odometerMiles', 'AnOdometerNeverFalls', detail)];
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
    const finished = answered.map(({ request, answer }) => {
      const { vrm } = request.payload as unknown as Claims;
      return {
        owning_force: request.owningForce,
        request_id: request.id,
        vrm,
        work: answer as unknown as VehicleWorkAnswer,
      };
    });
    await client.query({
      name: 'vehicle-jobs-finish',
      text: `
with finished as materialized (
  select * from json_to_recordset($1) as f
    (owning_force text, request_id uuid, vrm text, miles integer, series integer, outcome text, work_done text, cost_pence bigint)
), reading as (
  insert into odometer_reading (owning_force, request_id, taken, vrm, miles, series, read_at)
  select owning_force, request_id, 'when-finished', vrm, miles, series, now() from finished
)
update vehicle_job set outcome = finished.outcome, work_done = finished.work_done, cost_pence = finished.cost_pence, closed_at = now()
from finished where vehicle_job.owning_force = finished.owning_force and vehicle_job.request_id = finished.request_id`,
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
      text: `
update vehicle set
  mot_due_on = coalesce(back.mot_due_on, vehicle.mot_due_on), service_due_on = coalesce(back.service_due_on, vehicle.service_due_on),
  off_road_since = case when back.on_road then null else vehicle.off_road_since end,
  off_road_reason = case when back.on_road then null else vehicle.off_road_reason end
from json_to_recordset($1) as back (owning_force text, vrm text, mot_due_on date, service_due_on date, on_road boolean)
where vehicle.owning_force = back.owning_force and vehicle.vrm = back.vrm`,
      values: [JSON.stringify(returnsOfEach(finished))],
    });
    await recomputeOdometers(
      client,
      finished.map(({ owning_force, vrm }) => ({ force: owning_force, vrm })),
    );
    return answered.map(() => ({}));
  },

  async read(client, request) {
    const { vrm } = request.payload as unknown as Claims;
    const vehicle = await client.query<Record<string, unknown>>(
      `select vrm, make_and_model as "makeAndModel", role, off_road_since as "offRoadSince",
         off_road_reason as "offRoadReason", mot_due_on::text as "motDueOn", service_due_on::text as "serviceDueOn"
       from vehicle where owning_force = $1 and vrm = $2`,
      [request.owningForce, vrm],
    );
    if (!vehicle.rows[0]) return null;
    const odometer = await readOdometer(client, { force: request.owningForce, vrm }, 20);
    const jobs = await client.query<Record<string, unknown>>(
      `select kind, outcome, opened_at as "openedAt", closed_at as "closedAt" from vehicle_job where owning_force = $1 and vrm = $2
       order by opened_at desc limit 20`,
      [request.owningForce, vrm],
    );
    return { ...vehicle.rows[0], ...odometer, jobs: jobs.rows };
  },
};

function seriesOf(known: readonly KnownVehicle[]): Map<string, number> {
  return new Map(
    known.map(({ owning_force, vrm, odometer_series: series }) => [keyOf(owning_force, vrm), series]),
  );
}

function keyOf(force: string, vrm: string): string {
  return `${force}/${vrm}`;
}

/** Each vehicle of the batch once, in the order of its key, so that two batches never wait for each other crosswise. */
function vehiclesOf(requests: readonly ArrivedRequest[]): { owning_force: string; vrm: string }[] {
  const vehicles = new Map<string, { owning_force: string; vrm: string }>();
  for (const { owningForce, payload } of requests) {
    const { vrm } = payload as unknown as Claims;
    vehicles.set(keyOf(owningForce, vrm), { owning_force: owningForce, vrm });
  }
  return [...vehicles.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, vehicle]) => vehicle);
}

/** What the last request of the batch says of each vehicle. */
function latestOfEach(requests: readonly ArrivedRequest[]): Record<string, unknown>[] {
  const latest = new Map<string, Record<string, unknown>>();
  for (const { owningForce, payload } of requests) {
    const claims = payload as unknown as Claims;
    const key = keyOf(owningForce, claims.vrm);
    const said = {
      make_and_model: claims.makeAndModel,
      role: claims.role,
      mot_due_on: claims.motDueOn,
      service_due_on: claims.serviceDueOn,
      ...(claims.offRoad !== undefined && {
        off_road: claims.offRoad,
        off_road_since: claims.offRoadSince,
        off_road_reason: claims.offRoadReason,
      }),
    };
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    // A request that says "on the road" takes back an earlier one's since-when and why.
    const earlier = { ...latest.get(key) };
    if (claims.offRoad === false) {
      delete earlier['off_road_since'];
      delete earlier['off_road_reason'];
    }
    latest.set(key, { ...earlier, ...given, owning_force: owningForce, vrm: claims.vrm });
  }
  return [...latest.values()];
}

interface FinishedWork {
  readonly owning_force: string;
  readonly vrm: string;
  readonly work: VehicleWorkAnswer;
}

/** Each vehicle once, as it comes back from all the work that was finished on it together; one job that kept it on the road is enough. */
function returnsOfEach(finished: readonly FinishedWork[]): Record<string, unknown>[] {
  const returns = new Map<string, Record<string, unknown>>();
  for (const { owning_force, vrm, work } of finished) {
    const earlier = returns.get(keyOf(owning_force, vrm));
    returns.set(keyOf(owning_force, vrm), {
      owning_force,
      vrm,
      mot_due_on: work.motDueOn ?? earlier?.['mot_due_on'],
      service_due_on: work.serviceDueOn ?? earlier?.['service_due_on'],
      on_road: work.outcome !== 'beyond-repair' || earlier?.['on_road'] === true,
    });
  }
  return [...returns.values()];
}

async function registerVehicles(client: PoolClient, requests: readonly ArrivedRequest[]): Promise<void> {
  await client.query({
    name: 'vehicles-register',
    text: `
insert into vehicle (owning_force, vrm)
select owning_force, vrm from json_to_recordset($1) as v (owning_force text, vrm text)
on conflict (owning_force, vrm) do nothing`,
    values: [JSON.stringify(vehiclesOf(requests))],
  });
}

async function lockVehicles(
  client: PoolClient,
  requests: readonly ArrivedRequest[],
): Promise<KnownVehicle[]> {
  const { rows } = await client.query<KnownVehicle>({
    name: 'vehicles-lock',
    text: `
select vehicle.owning_force, vehicle.vrm, vehicle.odometer_miles, vehicle.odometer_series
from vehicle join json_to_recordset($1) as v (owning_force text, vrm text)
  on vehicle.owning_force = v.owning_force and vehicle.vrm = v.vrm
order by vehicle.owning_force, vehicle.vrm for update of vehicle`,
    values: [JSON.stringify(vehiclesOf(requests))],
  });
  return rows;
}
