import { MARK, REFERENCE } from './load/http-load.ts';

/** The same invented request for everybody, with a vehicle of its own each: a repair as the fleet unit takes it. */
const REPAIR = {
  vrm: MARK,
  odometerMiles: 48_210,
  role: 'response',
  makeAndModel: 'Invented Estate 2.0',
  location: 'Northern station yard',
  contact: 'Sgt 0000 C. Example',
  offRoad: true,
  offRoadSince: '2026-03-02T06:45:00Z',
  offRoadReason: 'fault',
  fault: 'brakes',
  description: 'Grinding from the front left under light braking; parked up at the start of the shift.',
};

export const ANSWER = {
  outcome: 'completed',
  workDone: 'Front discs and pads replaced, road tested.',
  odometerMiles: 48_214,
  costPence: 31_250,
};

/** Body of a POST, for the load client to fill in. */
export const SUBMISSION = JSON.stringify({ type: 'vehicle-repair', reference: REFERENCE, payload: REPAIR });

/** The same content for those that are not spoken to over HTTP. */
export const JOB = { reference: 'REFERENCE-OF-20-CHAR', ...REPAIR, vrm: 'EX26AAA' };

export const FORCE = 'bedfordshire';
export const UNIT = 'fleet';
export const CONNECTIONS = 64;
