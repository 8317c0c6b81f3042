import file from './offence-codes.json' with { type: 'json' };

/** Maps each Home Office class/subclass code to its description. The file names its source and licence. */
const OFFENCES: ReadonlyMap<string, string> = new Map(Object.entries(file.codes));

/** The table calls this code "Invalid Offence". It is a placeholder, not an offence to record. */
const PLACEHOLDER = '000/00';

export const OFFENCE_CODE_PATTERN = '^\\d{3}/\\d{2}$';

/** Finds the description of an offence code; null when the code does not exist. */
export function offenceOf(code: string): string | null {
  return code === PLACEHOLDER ? null : (OFFENCES.get(code) ?? null);
}
