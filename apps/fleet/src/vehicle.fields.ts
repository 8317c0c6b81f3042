import { OneOf, Text, Whole } from '#contracts';
import { choicesOf } from './fleet.settings.ts';
import { Vrm } from './vrm.field.ts';

/** No vehicle here has run this far. The limit catches a reading that was typed twice. */
const ODOMETER_MAX_MILES = 999_999;

export function Odometer(title: string, { help = 'Miles.', optional = false } = {}): PropertyDecorator {
  return Whole({ min: 0, max: ODOMETER_MAX_MILES, title, help, optional });
}

/** The fields that every request about a vehicle has. */
export class VehicleFields {
  @Vrm()
  vrm!: string;

  @Odometer('Odometer now', {
    help: 'Miles, as read by the force. The unit takes its own reading, and only that one counts.',
  })
  odometerMiles!: number;

  @OneOf(choicesOf('vehicle-role'), { optional: true, title: 'What the vehicle is used for' })
  role?: string;

  @Text({ max: 60, optional: true, title: 'Make and model', searched: 'words' })
  makeAndModel?: string;

  @Text({ max: 80, title: 'Where the vehicle is', correctable: 'until-decided' })
  location!: string;

  @Text({ max: 120, optional: true, personal: true, title: 'Who to speak to', correctable: 'until-decided' })
  contact?: string;
}
