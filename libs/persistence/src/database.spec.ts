import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable } from './index.ts';

const withCode = (code: string): Error =>
  Object.assign(new Error('said by PostgreSQL or the network'), { code });

describe('a fault is waited for', () => {
  it.each([
    ['PostgreSQL restarts', '57P01'],
    ['its host has no address for the moment', 'EAI_AGAIN'],
    ['there is no way to its host', 'EHOSTUNREACH'],
    ['the password was changed there first', '28P01'],
    ['the migration has not run yet', '42P01'],
    ['a column of the migration is missing', '42703'],
    ['its disk cannot be read', '58030'],
    ['its disk is full', '53100'],
    ['a transaction fell silent and was ended', '25P03'],
    ['a statement took too long, behind a lock or a slow disk', '57014'],
    ['two transactions waited for each other', '40P01'],
  ])('when %s (%s)', (_, code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(true);
  });

  it.each([
    ['a text that is no number', '22P02'],
    ['half a character', '22P05'],
    ['a row that is there', '23505'],
    ['a check', '23514'],
    ['a row too large for its index', '54000'],
    ['a statement that is wrong', '42601'],
    ['a row of another force', '42501'],
    // It would be retried for ever, and hold up everything behind it.
    ['an internal error that it provokes', 'XX000'],
  ])('and not when the work itself is refused for %s (%s)', (_, code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(false);
  });
});
