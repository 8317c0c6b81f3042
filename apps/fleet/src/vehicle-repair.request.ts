import { OneOf, Text } from '#contracts';
import { inWords, requestType } from '#unit';
import { serviceLevels } from './fleet.settings.ts';
import { VehicleWorkAnswer } from './vehicle-work.answer.ts';
import { OffRoadVehicleFields, OFF_ROAD_RECORDS, OFF_ROAD_RULES } from './off-road.rules.ts';

export class VehicleRepair extends OffRoadVehicleFields {
  @OneOf(
    ['brakes', 'tyres', 'engine', 'transmission', 'electrical', 'emergency-equipment', 'bodywork', 'other'],
    {
      title: 'What is wrong',
      correctable: 'until-claimed',
    },
  )
  fault!: string;

  @Text({ max: 2000, title: 'Description', correctable: 'until-decided', searched: 'words' })
  description!: string;
}

export const vehicleRepair = requestType(VehicleRepair, VehicleWorkAnswer, {
  name: 'vehicle-repair',
  version: 1,
  title: 'Repair a vehicle',
  subject: ({ vrm, fault }) => [vrm, inWords(fault)],
  decision: 'one-person',
  contact: 'contact',
  lawEnforcement: false,
  // Policy of this unit: vehicles off the road come first, and of these the vehicles that respond to calls.
  risk: ({ offRoad, role }) => (offRoad ? (role === 'response' || role === 'armed' ? 7 : 5) : 2),
  clocks: [
    {
      name: 'take-up',
      title: 'Accepted by a workshop',
      kind: 'working-hours',
      amount: serviceLevels.currentValueOf('vehicle-repair.take-up'),
      pausable: true,
      metBy: 'claimed',
      source: '',
    },
    {
      name: 'return',
      title: 'Back on the road',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('vehicle-repair.return'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  reopening: {
    withinDays: serviceLevels.currentValueOf('vehicle-repair.reopening'),
    clocks: ['take-up', 'return'],
    source: '',
  },
  rules: OFF_ROAD_RULES,
  records: OFF_ROAD_RECORDS,
  examples: [
    {
      payload: {
        vrm: 'EX26AAA',
        odometerMiles: 48210,
        role: 'response',
        makeAndModel: 'Invented Estate 2.0',
        location: 'Northern station yard',
        contact: 'Sgt 0000 C. Example',
        offRoad: true,
        offRoadSince: '2026-03-02T06:45:00Z',
        offRoadReason: 'fault',
        fault: 'brakes',
        description: 'Grinding from the front left under light braking; parked up at the start of the shift.',
      },
      answer: {
        outcome: 'completed',
        workDone: 'Front discs and pads replaced, road tested.',
        odometerMiles: 48214,
        costPence: 31250,
        backOnRoadAt: '2026-03-03T15:20:00Z',
      },
    },
    {
      payload: {
        vrm: 'EX25BBB',
        odometerMiles: 11987,
        role: 'neighbourhood',
        location: 'Market Square office',
        offRoad: false,
        fault: 'emergency-equipment',
        description: 'The rear blue lights on the right flicker; the vehicle stays in use without them.',
      },
      answer: {
        outcome: 'completed',
        workDone: 'Corroded connector replaced.',
        odometerMiles: 12003,
        costPence: 4800,
      },
    },
  ],
});
