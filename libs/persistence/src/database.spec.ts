import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable } from './index.ts';

const withCode = (code: string): Error =>
  Object.assign(new Error('from PostgreSQL or the network'), { code });

describe('a fault of the database', () => {
  it.each([
    ['PostgreSQL restarts', '57P01'],
    ['its host has no address at the moment', 'EAI_AGAIN'],
    ['there is no route to its host', 'EHOSTUNREACH'],
    ['the password was changed in the database first', '28P01'],
    ['the migration has not run yet', '42P01'],
    ['a column of the migration is missing', '42703'],
    ['its disk cannot be read', '58030'],
    ['its disk is full', '53100'],
    ['an idle transaction was ended', '25P03'],
    ['a statement took too long, behind a lock or a slow disk', '57014'],
    ['two transactions waited for each other', '40P01'],
  ])('is retried when %s (%s)', (_, code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(true);
  });

  it.each([
    ['a text that is no number', '22P02'],
    ['an incomplete character', '22P05'],
    ['a row that exists already', '23505'],
    ['a check constraint', '23514'],
    ['a row too large for its index', '54000'],
    ['a statement that is wrong', '42601'],
    ['a row of another force', '42501'],
    // Retrying would never end, and would hold up all work behind it.
    ['an internal error that it provokes', 'XX000'],
  ])('is not retried when the work itself is refused for %s (%s)', (_, code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(false);
  });
});
