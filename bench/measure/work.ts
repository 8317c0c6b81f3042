import sample from '../../deploy/local/first-request.json' with { type: 'json' };

/** Placeholders of a body, filled in for each request: its own reference (as long as this) and its own registration mark. */
export const REFERENCE = 'REFERENCE-OF-20-CHAR';
export const MARK = 'REGMARK';

/** `EX26AAA`: 800,000 different ones before they repeat. */
export function markOf(number: number): string {
  const letter = (value: number): string => 'ABCDEFGHJKLMNOPRSTUV'.charAt(Math.floor(value) % 20);
  const digits = String(number % 100).padStart(2, '0');
  const above = number / 100;
  return `E${letter(above)}${digits}${letter(above / 20)}${letter(above / 400)}${letter(above / 8000)}`;
}

/** The reference of a round's request: at most eight characters of prefix, different in each round, and its number. */
export function referenceOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(REFERENCE.length - prefix.length, '0')}`;
}

/** The README's sample request for everybody, each with a vehicle of its own. */
export const REPAIR = { ...sample.payload, vrm: MARK };

export const ANSWER = {
  outcome: 'completed',
  workDone: 'Front discs and pads replaced, road tested.',
  odometerMiles: 48_214,
  costPence: 31_250,
};

/** Body of a POST, for the load client to fill in. */
export const SUBMISSION = JSON.stringify({ type: sample.type, reference: REFERENCE, payload: REPAIR });

/** The same content for those that are not spoken to over HTTP. */
export const JOB = { reference: 'REFERENCE-OF-20-CHAR', ...REPAIR, vrm: 'EX26AAA' };

export const FORCE = 'bedfordshire';
export const UNIT = 'fleet';
export const CONNECTIONS = 64;
