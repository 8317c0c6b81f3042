import { Instant, OneOf, YesNo } from '#contracts';
import { keptIn, neededWhen, refusedWhen, type KeptRecords, type PayloadRule } from '#unit';
import { choicesOf } from './fleet.settings.ts';
import { AboutAVehicle } from './vehicle.fields.ts';
import { vehicleRecords } from './vehicle.records.ts';
import type { VehicleWorkAnswer } from './vehicle-work.answer.ts';

/** A vehicle that may be off the road, and if so since when and why. */
export class AboutAVehicleThatMayBeOffRoad extends AboutAVehicle {
  @YesNo({ title: 'Off the road' })
  offRoad!: boolean;

  @Instant({ optional: true, past: true, title: 'Off the road since' })
  offRoadSince?: string;

  @OneOf(choicesOf('off-road-reason'), { optional: true, title: 'Why it is off the road' })
  offRoadReason?: string;
}

const isOffRoad = { field: 'offRoad', is: true } as const;
const isOnTheRoad = { field: 'offRoad', isNot: true } as const;

export const OFF_ROAD_RULES: readonly PayloadRule<AboutAVehicleThatMayBeOffRoad>[] = [
  neededWhen(
    'AnOffRoadVehicleSaysSinceWhen',
    'offRoadSince',
    'Say since when the vehicle is off the road',
    isOffRoad,
  ),
  neededWhen('AnOffRoadVehicleSaysWhy', 'offRoadReason', 'Say why the vehicle is off the road', isOffRoad),
  refusedWhen(
    'AVehicleOnTheRoadIsNotOffItSince',
    'offRoadSince',
    'Leave this out for a vehicle that is on the road',
    isOnTheRoad,
  ),
  refusedWhen(
    'AVehicleOnTheRoadHasNoReasonToBeOff',
    'offRoadReason',
    'Leave this out for a vehicle that is on the road',
    isOnTheRoad,
  ),
];

/** The records of work on a vehicle that may be off the road. */
export const OFF_ROAD_RECORDS: KeptRecords<AboutAVehicleThatMayBeOffRoad, VehicleWorkAnswer> = keptIn(
  vehicleRecords,
  {
    payload: ({ offRoad, offRoadSince, offRoadReason, ...vehicle }) => ({
      ...vehicle,
      offRoad,
      offRoadSince,
      offRoadReason,
    }),
    answer: (work) => work,
  },
);
