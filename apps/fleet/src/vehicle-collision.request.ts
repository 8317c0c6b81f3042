import { Instant, OneOf, Text, YesNo } from '#contracts';
import { inWords, requestType } from '#unit';
import { choicesOf, serviceLevels } from './fleet.settings.ts';
import { OffRoadVehicleFields, OFF_ROAD_RECORDS, OFF_ROAD_RULES } from './off-road.rules.ts';
import { VehicleWorkAnswer } from './vehicle-work.answer.ts';

export class VehicleCollision extends OffRoadVehicleFields {
  @Instant({ past: true, title: 'When it happened', correctable: 'until-claimed' })
  occurredAt!: string;

  @Text({ max: 200, title: 'Where it happened', correctable: 'until-claimed', searched: 'words' })
  collisionPlace!: string;

  @OneOf(choicesOf('collision-class'), { title: 'Collision class', correctable: 'until-claimed' })
  collisionClass!: string;

  @YesNo({ title: 'Another party involved', correctable: 'until-claimed' })
  otherPartyInvolved!: boolean;

  @YesNo({ title: 'Driving under emergency conditions', correctable: 'until-claimed' })
  emergencyDriving!: boolean;

  @Text({ max: 120, personal: true, title: 'Driver', correctable: 'until-decided', searched: 'words' })
  driver!: string;

  @Text({
    max: 2000,
    title: 'What happened and what is damaged',
    correctable: 'until-decided',
    searched: 'words',
  })
  description!: string;
}

export const vehicleCollision = requestType(VehicleCollision, VehicleWorkAnswer, {
  name: 'vehicle-collision',
  version: 1,
  title: 'Report a collision of a police vehicle',
  subject: ({ vrm, collisionClass, collisionPlace }) => [vrm, inWords(collisionClass), collisionPlace],
  decision: 'one-person',
  contact: 'contact',
  lawEnforcement: false,
  // Policy of this unit: a collision with injuries comes before one with damage only.
  risk: ({ collisionClass }) => (collisionClass === 'damage-only' ? 4 : 8),
  clocks: [
    {
      name: 'take-up',
      title: 'Accepted: evidence kept, vehicle recovered',
      kind: 'working-hours',
      amount: serviceLevels.currentValueOf('vehicle-collision.take-up'),
      pausable: false,
      metBy: 'claimed',
      source: '',
    },
    {
      name: 'return',
      title: 'Back on the road, or written off',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('vehicle-collision.return'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  rules: OFF_ROAD_RULES,
  records: OFF_ROAD_RECORDS,
  examples: [
    {
      payload: {
        vrm: 'EX23DDD',
        odometerMiles: 61544,
        role: 'roads',
        location: 'Recovery compound',
        offRoad: true,
        offRoadSince: '2026-03-01T23:10:00Z',
        offRoadReason: 'accident-damage',
        occurredAt: '2026-03-01T22:55:00Z',
        collisionPlace: 'Slip road, invented junction',
        collisionClass: 'slight-injury',
        otherPartyInvolved: true,
        emergencyDriving: true,
        driver: 'PC 0000 D. Example',
        description: 'Struck from behind while slowing; boot and rear bumper crushed, rear lights broken.',
      },
      answer: {
        outcome: 'completed',
        workDone: 'Rear panel, bumper and lights replaced; geometry checked.',
        odometerMiles: 61560,
        costPence: 287400,
        backOnRoadAt: '2026-03-16T11:00:00Z',
      },
    },
    {
      payload: {
        vrm: 'EX22EEE',
        odometerMiles: 102331,
        role: 'pool',
        location: 'Headquarters car park',
        offRoad: false,
        occurredAt: '2026-03-02T08:05:00Z',
        collisionPlace: 'Headquarters car park, level 1',
        collisionClass: 'damage-only',
        otherPartyInvolved: false,
        emergencyDriving: false,
        driver: 'E. Example',
        description: 'Scraped a pillar while parking; paint on the near-side door.',
      },
      answer: { outcome: 'completed', workDone: 'Door polished; no repair needed.', odometerMiles: 102331 },
    },
  ],
});
