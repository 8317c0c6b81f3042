import { describe, expect, it } from '@jest/globals';
import { logLimitsFrom } from './log-file.ts';

const MIB = 1024 * 1024;

describe('the limits of log files', () => {
  it('are three files of 10 MiB unless LOG_FILE_MB and LOG_FILES say otherwise', () => {
    expect(logLimitsFrom({})).toEqual({ bytesMax: 10 * MIB, files: 3 });
    expect(logLimitsFrom({ LOG_FILE_MB: '1', LOG_FILES: '1' })).toEqual({ bytesMax: MIB, files: 1 });
  });

  it.each([
    ['LOG_FILE_MB', '0', 'LOG_FILE_MB must be a whole number from 1 to 1024, but it is "0".'],
    ['LOG_FILE_MB', '10MB', 'LOG_FILE_MB must be a whole number from 1 to 1024, but it is "10MB".'],
    ['LOG_FILES', '101', 'LOG_FILES must be a whole number from 1 to 100, but it is "101".'],
  ])('are refused by name if %s is %s', (name, value, says) => {
    expect(() => logLimitsFrom({ [name]: value })).toThrow(says);
  });
});
