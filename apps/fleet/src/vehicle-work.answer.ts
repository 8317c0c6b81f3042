import { CivilDate, Instant, OneOf, Text, Whole } from '#contracts';
import { Odometer } from './vehicle.fields.ts';

/** Ten million pounds, in pence: more than any vehicle costs. */
const COST_MAX_PENCE = 1_000_000_000;

/** The answer to every request for work on a vehicle. */
export class VehicleWorkAnswer {
  @OneOf(['completed', 'not-needed', 'beyond-repair'], { title: 'Outcome' })
  outcome!: string;

  @Text({ max: 2000, title: 'Work done' })
  workDone!: string;

  @Odometer('Odometer when finished', {
    help: 'Miles, read by the unit. It must not be below an earlier reading of the unit; correct a wrong reading first.',
  })
  odometerMiles!: number;

  @Whole({ min: 0, max: COST_MAX_PENCE, optional: true, title: 'Cost in pence' })
  costPence?: number;

  @Instant({ optional: true, past: true, title: 'Back on the road at' })
  backOnRoadAt?: string;

  @CivilDate({ optional: true, past: false, title: 'Next MOT due' })
  motDueOn?: string;

  @CivilDate({ optional: true, past: false, title: 'Next service due' })
  serviceDueOn?: string;
}
