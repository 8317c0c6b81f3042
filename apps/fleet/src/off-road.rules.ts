import { Instant, OneOf, YesNo } from '#contracts';
import { neededWhen, refusedWhen, type PayloadRule } from '#unit';
import { choicesOf } from './fleet.figures.ts';
import { AboutAVehicle } from './vehicle.fields.ts';

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

export const OFF_ROAD_RULES: readonly PayloadRule[] = [
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
