import type { Schema } from '#contracts';
import { answerSchema, COUNT, listOf, MOMENT, orNull, TEXT, UUID } from '#web';
import type { OdometerReading } from './odometer.readings.ts';
import type { Correction, VehicleView } from './odometer.store.ts';

const MILES: Schema = COUNT;

export const CORRECTION_SCHEMA = answerSchema<Correction>({
  id: UUID,
  kind: { type: 'string', enum: ['strike-out', 'new-instrument'] satisfies Correction['kind'][] },
  reading: orNull({ ...UUID, description: 'The reading to strike out' }),
  miles: orNull({ ...MILES, description: 'The miles that the new instrument shows' }),
  reason: TEXT,
  state: { type: 'string', enum: ['proposed', 'confirmed', 'refused'] satisfies Correction['state'][] },
  proposedBy: TEXT,
  proposedAt: MOMENT,
  decidedBy: orNull(TEXT),
  decidedAt: orNull(MOMENT),
  refusal: orNull({ ...TEXT, description: 'The reason for a refusal' }),
});

const READING_SCHEMA = answerSchema<OdometerReading>({
  id: UUID,
  series: { type: 'integer', minimum: 1, description: 'A new instrument starts the next series' },
  miles: MILES,
  taken: {
    type: 'string',
    enum: ['on-arrival', 'when-finished', 'new-instrument'] satisfies OdometerReading['taken'][],
  },
  readAt: MOMENT,
  disputed: {
    type: 'boolean',
    description: 'True for a claim of the force that a reading of the unit contradicts',
  },
  struckOutBy: orNull({ ...UUID, description: 'The correction that struck it out; null while it is valid' }),
});

export const VEHICLE_SCHEMA = answerSchema<VehicleView>({
  force: TEXT,
  vrm: TEXT,
  odometerMiles: orNull({
    ...MILES,
    description: 'The highest valid reading of the unit; without one, the newest claim of the force',
  }),
  odometerConfirmed: { type: 'boolean', description: 'False while only a claim of the force is known' },
  readings: { ...listOf(READING_SCHEMA), description: 'Newest first' },
  corrections: { ...listOf(CORRECTION_SCHEMA), description: 'Newest first' },
});
