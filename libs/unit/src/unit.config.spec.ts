import { describe, expect, it } from '@jest/globals';
import { DEMONSTRATION_WORKING_HOURS } from '#kernel';
import { DEMONSTRATION_URGENCY } from '#requests';
import { CONNECTION_LIMITS } from '#web';
import { readUnitConfig } from './unit.config.ts';

const complete = {
  PORT: '7310',
  DATABASE_URL: 'postgres://a:b@h/d',
  KAFKA_BROKERS: 'a:1',
  KAFKA_PASSWORD: 'hidden',
  OIDC_ISSUER: 'https://identity.test.invalid',
  SIGNING_KEY: 'a'.repeat(43),
  CURSOR_KEY: '0123456789abcdef'.repeat(4),
};
const read = (environment: Record<string, string>) =>
  readUnitConfig('moves', { ...complete, ...environment });

it.each(['', 'a'.repeat(42), `${'a'.repeat(43)},`, 'secret'])(
  'accepts only a signing key of 32 bytes, and does not show it: %s',
  (text) => {
    const why = () => read({ SIGNING_KEY: text });
    expect(why).toThrow('SIGNING_KEY');
    expect(why).not.toThrow(/aaaa|secret/);
  },
);

it('notices a dead consumer after 30 seconds, or after as many as are set; the broker allows 6 or more', () => {
  expect(read({}).kafka.sessionSeconds).toBe(30);
  expect(read({ KAFKA_SESSION_SECONDS: '12' }).kafka.sessionSeconds).toBe(12);
  expect(() => read({ KAFKA_SESSION_SECONDS: '5' })).toThrow('KAFKA_SESSION_SECONDS');
});

describe('the working hours and urgency of a unit', () => {
  it('are the demonstration values, without a source, until they are set', () => {
    const { workingHours, urgency } = read({});
    expect(workingHours).toBe(DEMONSTRATION_WORKING_HOURS);
    expect(urgency).toBe(DEMONSTRATION_URGENCY);
    expect([workingHours.source, urgency.source]).toEqual(['', '']);
  });

  it('are read from its environment', () => {
    const { workingHours, urgency } = read({
      WORKING_HOURS: '07:30-24:00',
      URGENCY_DUE_SOON_HOURS: '4',
      URGENCY_CRITICALLY_OVERDUE_HOURS: '72',
    });
    expect(workingHours).toMatchObject({ opensAt: '07:30', closesAt: '24:00' });
    expect(urgency).toMatchObject({
      dueSoonWithinMs: 4 * 3_600_000,
      criticallyOverdueAfterMs: 72 * 3_600_000,
    });
    expect([workingHours.source, urgency.source]).not.toContain('');
  });

  it('leave the connection limits as in intake, unless they are set', () => {
    expect(read({}).connections).toEqual(CONNECTION_LIMITS);
    const bounds = {
      HTTP_CONNECTIONS_MAX: '500',
      HTTP_CONNECTIONS_PER_ADDRESS_MAX: '50',
      HTTP_HEADERS_WITHIN_SECONDS: '3',
    };
    expect(read({ ...bounds, HTTP_REQUEST_WITHIN_SECONDS: '7' }).connections).toEqual({
      connectionsMax: 500,
      perAddressMax: 50,
      headersWithinMs: 3_000,
      requestWithinMs: 7_000,
    });
  });

  it.each([
    ['HTTP_CONNECTIONS_MAX', '1'],
    ['WORKING_HOURS', '17:00-09:00'],
    ['WORKING_HOURS', '9-17'],
    ['WORKING_HOURS', '09:00-25:00'],
    ['WORKING_HOURS', '09:00'],
    ['URGENCY_DUE_SOON_HOURS', '0'],
    ['URGENCY_DUE_SOON_HOURS', 'soon'],
    ['URGENCY_CRITICALLY_OVERDUE_HOURS', '169'],
  ])('is refused by its name when it is nonsense: %s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });
});
