import sample from '../../deploy/local/first-request.json' with { type: 'json' };

/** The client replaces these placeholders in a body by each request's own reference and registration mark. */
export const REFERENCE = 'REFERENCE-OF-20-CHAR';
export const MARK = 'REGMARK';

/** Returns a registration mark such as `EA00AAA`. There are 800,000 different ones. */
export function markOf(number: number): string {
  const letter = (value: number): string => 'ABCDEFGHJKLMNOPRSTUV'.charAt(Math.floor(value) % 20);
  const digits = String(number % 100).padStart(2, '0');
  const above = number / 100;
  return `E${letter(above)}${digits}${letter(above / 20)}${letter(above / 400)}${letter(above / 8000)}`;
}

/** Returns the reference of a request: the prefix (at most eight characters) and the request's number. */
export function referenceOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(REFERENCE.length - prefix.length, '0')}`;
}

/** Every contender gets the README's sample request, each time with another vehicle. */
export const REPAIR = { ...sample.payload, vrm: MARK };

export const ANSWER = {
  outcome: 'completed',
  workDone: 'Front discs and pads replaced, road tested.',
  odometerMiles: 48_214,
  costPence: 31_250,
};

/** The body of a POST, with placeholders for the load client. */
export const SUBMISSION = JSON.stringify({ type: sample.type, reference: REFERENCE, payload: REPAIR });

/** The same content for contenders without HTTP. */
export const JOB = { reference: 'REFERENCE-OF-20-CHAR', ...REPAIR, vrm: 'EX26AAA' };

export const FORCE = 'bedfordshire';
export const UNIT = 'fleet';
export const CONNECTIONS = 64;
