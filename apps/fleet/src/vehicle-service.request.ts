import { CivilDate, OneOf, Text } from '#contracts';
import { inWords, keptIn, neededWhen, requestType } from '#unit';
import { serviceLevels } from './fleet.settings.ts';
import { VehicleFields } from './vehicle.fields.ts';
import { vehicleRecords } from './vehicle.records.ts';
import { VehicleWorkAnswer } from './vehicle-work.answer.ts';

export class VehicleService extends VehicleFields {
  @OneOf(['service', 'mot', 'service-and-mot'], { title: 'What is due' })
  due!: string;

  @CivilDate({ optional: true, past: false, title: 'Service due on' })
  serviceDueOn?: string;

  @CivilDate({ optional: true, past: false, title: 'MOT due on' })
  motDueOn?: string;

  @CivilDate({ optional: true, past: false, title: 'Available from', correctable: 'until-claimed' })
  availableFrom?: string;

  @CivilDate({
    optional: true,
    past: false,
    notBefore: 'availableFrom',
    title: 'Available until',
    correctable: 'until-claimed',
  })
  availableUntil?: string;

  @Text({
    max: 1000,
    optional: true,
    title: 'Anything else to look at',
    correctable: 'until-decided',
    searched: 'words',
  })
  remarks?: string;
}

export const vehicleService = requestType(VehicleService, VehicleWorkAnswer, {
  name: 'vehicle-service',
  version: 1,
  title: 'Service or test a vehicle',
  subject: ({ vrm, due }) => [vrm, inWords(due).replace(/\bmot\b/i, 'MOT')],
  decision: 'one-person',
  contact: 'contact',
  lawEnforcement: false,
  risk: ({ due }) => (due === 'service' ? 1 : 2),
  clocks: [
    {
      name: 'complete',
      title: 'Serviced and back',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('vehicle-service.complete'),
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  rules: [
    neededWhen('ADueServiceSaysWhen', 'serviceDueOn', 'Give the day on which the service is due', {
      field: 'due',
      isNot: 'mot',
    }),
    neededWhen('ADueMotSaysWhen', 'motDueOn', 'Give the day on which the MOT is due', {
      field: 'due',
      isNot: 'service',
    }),
  ],
  records: keptIn(vehicleRecords, {
    payload: ({ motDueOn, serviceDueOn, ...vehicle }) => ({ ...vehicle, motDueOn, serviceDueOn }),
    answer: (work) => work,
  }),
  examples: [
    {
      payload: {
        vrm: 'EX24CCC',
        odometerMiles: 30120,
        role: 'pool',
        location: 'Headquarters, bay 12',
        due: 'service-and-mot',
        serviceDueOn: '2026-03-20',
        motDueOn: '2026-03-27',
        availableFrom: '2026-03-09',
        availableUntil: '2026-03-18',
      },
      answer: {
        outcome: 'completed',
        workDone: 'Annual service, MOT passed without advisories.',
        odometerMiles: 30131,
        costPence: 21900,
        motDueOn: '2027-03-27',
        serviceDueOn: '2027-03-20',
      },
    },
    {
      payload: {
        vrm: 'EXZ4321',
        odometerMiles: 88765,
        role: 'dog-unit',
        location: 'Kennels',
        due: 'mot',
        motDueOn: '2026-03-31',
        remarks: 'Please keep the cage fitted.',
      },
      answer: { outcome: 'completed', workDone: 'MOT passed.', odometerMiles: 88770, motDueOn: '2027-03-31' },
    },
  ],
});
