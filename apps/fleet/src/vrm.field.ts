import { Text, type FieldOptions } from '#contracts';

/**
 * The accepted styles of vehicle registration marks, in capitals and without spaces. A dateless mark has up
 * to six characters. A Northern Ireland mark has three letters, one of them I or Z, and up to four digits.
 */
export const VRM_STYLES = {
  current: '[A-Z]{2}[0-9]{2}[A-Z]{3}',
  prefix: '[A-Z][1-9][0-9]{0,2}[A-Z]{3}',
  suffix: '[A-Z]{3}[1-9][0-9]{0,2}[A-Z]',
  dateless: '(?=.{2,6}$)(?:[A-Z]{1,3}[1-9][0-9]{0,3}|[1-9][0-9]{0,3}[A-Z]{1,3})',
  northernIreland: '(?=[A-Z]{0,2}[IZ])[A-Z]{3}[1-9][0-9]{0,3}',
  diplomatic: '[0-9]{3}D[0-9]{3}',
} as const;

const VRM_PATTERN = `^(?:${Object.values(VRM_STYLES).join('|')})$`;

/** A vehicle registration mark, such as `AB12CDE`. */
export function Vrm(options: FieldOptions = {}): PropertyDecorator {
  return Text({
    max: 7,
    min: 2,
    pattern: VRM_PATTERN,
    expected: 'a registration mark in capitals and digits without spaces, such as AB12CDE',
    help: 'Capitals and digits without spaces, such as AB12CDE.',
    title: 'Registration mark',
    searched: 'code',
    ...options,
  });
}
