import file from './offence-codes.json' with { type: 'json' };

/** Home Office class/subclass code → description. Source and licence stand in the file itself. */
const OFFENCES: ReadonlyMap<string, string> = new Map(Object.entries(file.codes));

/** What the table calls "Invalid Offence": a place-holder of the source, not an offence to record. */
const PLACE_HOLDER = '000/00';

export const OFFENCE_CODE_PATTERN = '^\\d{3}/\\d{2}$';

/** The description of an offence code, or null when there is no such offence. */
export function offenceOf(code: string): string | null {
  return code === PLACE_HOLDER ? null : (OFFENCES.get(code) ?? null);
}
