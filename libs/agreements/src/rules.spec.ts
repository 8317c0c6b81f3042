import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALLIANCE, type Force } from '#kernel';
import { localPolicingIsNeverShared, onlyAnAgreedForceMaySubmit, parseCatalogue } from './index.ts';

const [bedfordshire] = ALLIANCE as [Force];
const agreement = {
  agreementId: 'a.fleet',
  unit: 'fleet',
  participants: ['bedfordshire'],
  status: 'live',
  from: '2024-04-01',
} as const;
const judge = (changes: object, force = bedfordshire, today = '2026-03-02'): string => {
  const judgement = onlyAnAgreedForceMaySubmit([{ ...agreement, ...changes }], force, 'fleet', today);
  return judgement.allowed ? judgement.ground : judgement.why;
};

describe('only an agreed force may submit', () => {
  it('allows a participant of a live agreement, on its first and its last day', () => {
    expect(judge({})).toBe('a.fleet');
    expect(judge({}, bedfordshire, '2024-04-01')).toBe('a.fleet');
    expect(judge({ to: '2026-03-02' })).toBe('a.fleet');
  });

  it.each([
    [
      'the agreement is ended',
      { status: 'ended' },
      'The agreement a.fleet is ended. This work stays with Bedfordshire Police.',
    ],
    ['the agreement is suspended', { status: 'suspended' }, 'The agreement a.fleet is suspended.'],
    ['the agreement has expired', { to: '2026-03-01' }, 'The agreement a.fleet ended on 2026-03-01.'],
    [
      'the agreement has not begun',
      { from: '2026-03-03' },
      'The agreement a.fleet does not begin until 2026-03-03.',
    ],
    [
      'only other forces are parties',
      { participants: ['hertfordshire'] },
      'Bedfordshire Police is not a party to a.fleet.',
    ],
    [
      'no agreement names the unit',
      { unit: 'legal' },
      'No agreement allows the unit fleet to work for Bedfordshire Police.',
    ],
  ])('refuses when %s, and names the force that must do the work', (_, changes, message) => {
    expect(judge(changes)).toContain(message);
    expect(judge(changes)).toContain('This work stays with Bedfordshire Police');
  });
});

describe('local policing is never shared', () => {
  const { neverShared } = parseCatalogue(
    readFileSync(new URL('../../../deploy/catalogue.json', import.meta.url), 'utf8'),
  );

  it.each([
    'incident-response',
    'neighbourhood-policing',
    'volume-crime-investigation',
    'protecting-vulnerable-people',
    'N3',
    'volume-crime',
  ])('refuses %s, and names the force that keeps this work', (asked) => {
    const judgement = localPolicingIsNeverShared(neverShared, bedfordshire, asked);
    expect(judgement.allowed ? 'allowed' : judgement.why).toMatch(
      / \(N[1-4]\) is never shared\. Bedfordshire Police must do this work itself\.$/,
    );
  });

  it('allows work that may be shared', () => {
    expect(localPolicingIsNeverShared(neverShared, bedfordshire, 'vehicle-repair').allowed).toBe(true);
  });
});
