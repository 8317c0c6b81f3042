import { describe, expect, it } from '@jest/globals';
import { describeRequestTypes, dueOf, faultsOf } from '#testing';
import { civilClaim } from './civil-claim.request.ts';
import { domesticAbuseProtectionOrder } from './domestic-abuse-protection-order.request.ts';
import unit from './legal.unit.ts';
import { limitationOf } from './limitation.ts';

describeRequestTypes(unit);

describe('a request about a legal matter', () => {
  it.each([
    [
      'no time of service',
      domesticAbuseProtectionOrder,
      { noticeServedAt: undefined },
      ['/payload/noticeServedAt'],
    ],
    [
      'a date of service without a time',
      domesticAbuseProtectionOrder,
      { noticeServedAt: '2026-03-06' },
      ['/payload/noticeServedAt'],
    ],
    [
      'a notice served in the future',
      domesticAbuseProtectionOrder,
      { noticeServedAt: '2199-01-01T00:00:00Z' },
      ['/payload/noticeServedAt'],
    ],
    [
      'no condition sought',
      domesticAbuseProtectionOrder,
      { conditionsSought: [] },
      ['/payload/conditionsSought'],
    ],
    [
      'a claim received before the incident',
      civilClaim,
      { claimReceivedOn: '2025-08-13' },
      ['/payload/claimReceivedOn'],
    ],
    [
      'an acknowledgment before the claim',
      civilClaim,
      { acknowledgedOn: '2026-02-26' },
      ['/payload/acknowledgedOn'],
    ],
    [
      'an acknowledgment of a portal claim',
      civilClaim,
      { channel: 'road-traffic-portal', acknowledgedOn: '2026-03-01' },
      ['/payload/acknowledgedOn'],
    ],
    ['a day that does not exist', civilClaim, { incidentOn: '2025-02-29' }, ['/payload/incidentOn']],
    [
      'an amount in pounds and pence',
      civilClaim,
      { amountClaimedPence: 12.5 },
      ['/payload/amountClaimedPence'],
    ],
  ])('is refused with %s', (_, type, change, pointers) => {
    expect(faultsOf(type, change)).toEqual(pointers);
  });
});

describe('the 48 hours of a domestic abuse protection notice', () => {
  // Domestic Abuse Act 2021, section 29: not counting Sundays, Christmas Day, Good Friday and bank holidays;
  // Saturdays count.
  it.each([
    ['on weekdays', '2026-03-03T09:00:00Z', '2026-03-05T09:00:00.000Z'],
    // Friday 18:30: 5.5 h on Friday, 24 h on Saturday, none on Sunday, 18.5 h on Monday.
    ['over a weekend, on which the Saturday counts', '2026-03-06T18:30:00Z', '2026-03-09T18:30:00.000Z'],
    // Thursday 2 April 20:00 BST: 4 h, Good Friday none, Saturday 24 h, Sunday and Easter Monday none,
    // Tuesday 20 h.
    ['over Easter', '2026-04-02T20:00:00+01:00', '2026-04-07T19:00:00.000Z'],
    // These are the days that gov.uk lists. Thursday 24 December 2026 12:00: 12 h; Friday 25 none; Saturday
    // 26, for which Monday 28 is listed as the substitute, 24 h; Sunday 27 and Monday 28 none; Tuesday 29 12
    // h. The Banking and Financial Dealings Act 1971 may be read to name the Saturday too. We count the
    // Saturday, because this makes the due time earlier and never later.
    ['over Christmas with a substitute day', '2026-12-24T12:00:00Z', '2026-12-29T12:00:00.000Z'],
    // Saturday 24 October 12:00 BST: 12 h; Sunday 25, when the clocks go back, none; Monday 24 h GMT; Tuesday
    // 12 h.
    ['over the autumn clock change', '2026-10-24T12:00:00+01:00', '2026-10-27T12:00:00.000Z'],
  ])('run %s', (_, noticeServedAt, dueAt) => {
    expect(dueOf(domesticAbuseProtectionOrder, { noticeServedAt }, '2026-12-31T00:00:00Z')).toEqual({
      heard: dueAt,
    });
  });
});

describe('the clocks of a claim', () => {
  it('run from the letter: 21 days to acknowledge, three months to investigate at the earliest', () => {
    // Received on 27 February 2026: 21 days on is 20 March (end of day, GMT), three months on is 27 May (end
    // of day, BST).
    expect(dueOf(civilClaim, {}, '2026-03-05T09:00:00Z')).toEqual({
      acknowledge: '2026-03-21T00:00:00.000Z',
      'investigate-at-the-earliest': '2026-05-27T23:00:00.000Z',
    });
  });

  it('are met by the acknowledgment itself, not by a claim of the request', () => {
    expect(civilClaim.clocks.find(({ name }) => name === 'acknowledge')?.metBy).toEqual({
      milestone: 'acknowledged',
    });
  });

  it('run from the acknowledgment once there is one', () => {
    expect(dueOf(civilClaim, { acknowledgedOn: '2026-03-10' }, '2026-03-12T09:00:00Z')).toEqual({
      investigate: '2026-06-10T23:00:00.000Z',
    });
  });

  it('are those of the portal for a claim that arrived through one', () => {
    // Monday 2 March 2026 and 15 business days: Monday 23 March.
    expect(
      dueOf(
        civilClaim,
        { channel: 'road-traffic-portal', claimReceivedOn: '2026-03-02' },
        '2026-03-12T09:00:00Z',
      ),
    ).toEqual({
      'road-traffic-portal': '2026-03-24T00:00:00.000Z',
    });
    expect(
      Object.keys(dueOf(civilClaim, { channel: 'public-liability-portal' }, '2026-03-12T09:00:00Z')),
    ).toEqual(['liability-portal']);
  });
});

describe('the limitation of a claim', () => {
  it.each([
    ['negligence', '2020-03-15', '2026-03-15', 'Limitation Act 1980'],
    ['negligence', '2020-02-29', '2026-02-28', 'Limitation Act 1980'],
    ['personal-injury', '2024-01-10', '2027-01-10', 'unverified'],
  ])('of %s on %s ends on %s', (kind, incidentOn, endsOn, basis) => {
    expect(limitationOf(kind, incidentOn)).toEqual({ endsOn, basis: expect.stringContaining(basis) });
  });

  it('is unknown for a kind of claim without a known period', () => {
    expect(limitationOf('data-protection', '2024-01-10')).toBeNull();
  });
});
