import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  flagSetting,
  listSetting,
  logLevelSetting,
  optional,
  portSetting,
  readConfig,
  textSetting,
  urlSetting,
} from './read-config.ts';

const spec = {
  port: portSetting('PORT'),
  host: textSetting('HOST', '127.0.0.1'),
  database: urlSetting('DATABASE_URL'),
  brokers: listSetting('KAFKA_BROKERS'),
  password: textSetting('KAFKA_PASSWORD'),
  tls: flagSetting('KAFKA_TLS', false),
  logLevel: logLevelSetting(),
  catalogue: optional(textSetting('CATALOGUE')),
};

const complete = {
  PORT: '7301',
  DATABASE_URL: 'postgres://a:b@h/d',
  KAFKA_BROKERS: 'a:1, b:2',
  KAFKA_PASSWORD: 'hidden',
};

describe('the environment', () => {
  it('is read into typed values, with defaults for optional settings', () => {
    expect(readConfig(complete, spec)).toEqual({
      port: 7301,
      host: '127.0.0.1',
      database: 'postgres://a:b@h/d',
      brokers: ['a:1', 'b:2'],
      password: 'hidden',
      tls: false,
      logLevel: 'info',
      catalogue: undefined,
    });
  });

  it('names everything that is missing or wrong at once, and never a value', () => {
    expect.assertions(2);
    try {
      readConfig({ PORT: '99999', KAFKA_PASSWORD: 'hidden', KAFKA_TLS: 'perhaps', HOST: '' }, spec);
    } catch (error) {
      expect((error as { faults: unknown }).faults).toEqual([
        'PORT must be a whole number from 0 to 65535',
        'DATABASE_URL is missing; set it to a URL',
        'KAFKA_BROKERS is missing; set it to one or more values separated by commas',
        'KAFKA_TLS must be true or false',
      ]);
      expect((error as Error).message).not.toContain('hidden');
    }
  });

  it('reads a value from the file that X_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'password');
    writeFileSync(file, 'from a file\n');
    const rest = { ...complete, KAFKA_PASSWORD: undefined };
    expect(readConfig({ ...rest, KAFKA_PASSWORD_FILE: file }, spec).password).toBe('from a file');
    expect(() => readConfig({ ...complete, KAFKA_PASSWORD_FILE: file }, spec)).toThrow('both set');
    writeFileSync(file, Buffer.from('Caf\u00e9', 'latin1'));
    expect(() => readConfig({ ...rest, KAFKA_PASSWORD_FILE: file }, spec)).toThrow(
      'KAFKA_PASSWORD_FILE names a file that is not UTF-8 in line 1',
    );
    expect(() => readConfig({ ...rest, KAFKA_PASSWORD_FILE: `${file}-gone` }, spec)).toThrow(
      'cannot be read',
    );
  });
});
