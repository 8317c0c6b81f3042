import { Instant, OneOf, YesNo } from '#contracts';
import { keptIn, neededWhen, refusedWhen, type KeptRecords, type PayloadRule } from '#unit';
import { choicesOf } from './fleet.settings.ts';
import { VehicleFields } from './vehicle.fields.ts';
import { vehicleRecords } from './vehicle.records.ts';
import type { VehicleWorkAnswer } from './vehicle-work.answer.ts';

/** The fields of a request about a vehicle that may be off the road. */
export class OffRoadVehicleFields extends VehicleFields {
  @YesNo({ title: 'Off the road' })
  offRoad!: boolean;

  @Instant({ optional: true, past: true, title: 'Off the road since' })
  offRoadSince?: string;

  @OneOf(choicesOf('off-road-reason'), { optional: true, title: 'Why it is off the road' })
  offRoadReason?: string;
}

const isOffRoad = { field: 'offRoad', is: true } as const;
const isOnTheRoad = { field: 'offRoad', isNot: true } as const;

export const OFF_ROAD_RULES: readonly PayloadRule<OffRoadVehicleFields>[] = [
  neededWhen(
    'AnOffRoadVehicleSaysSinceWhen',
    'offRoadSince',
    'Give the time since when the vehicle has been off the road',
    isOffRoad,
  ),
  neededWhen(
    'AnOffRoadVehicleSaysWhy',
    'offRoadReason',
    'Give the reason why the vehicle is off the road',
    isOffRoad,
  ),
  refusedWhen(
    'AVehicleOnTheRoadIsNotOffItSince',
    'offRoadSince',
    'Leave this field out, because the vehicle is on the road',
    isOnTheRoad,
  ),
  refusedWhen(
    'AVehicleOnTheRoadHasNoReasonToBeOff',
    'offRoadReason',
    'Leave this field out, because the vehicle is on the road',
    isOnTheRoad,
  ),
];

/** The records kept for requests about a vehicle that may be off the road. */
export const OFF_ROAD_RECORDS: KeptRecords<OffRoadVehicleFields, VehicleWorkAnswer> = keptIn(vehicleRecords, {
  payload: ({ offRoad, offRoadSince, offRoadReason, ...vehicle }) => ({
    ...vehicle,
    offRoad,
    offRoadSince,
    offRoadReason,
  }),
  answer: (work) => work,
});
