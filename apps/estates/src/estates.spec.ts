import { describe, expect, it } from '@jest/globals';
import { PayloadCheck } from '#contracts';
import { WorkingCalendar } from '#kernel';
import { meetClocks, startClocks, type ClockMilestone } from '#requests';
import { describeRequestTypes, dueOf, faultsOf } from '#testing';
import { answerFaults } from '#unit';
import { accessRequest } from './access-request.request.ts';
import unit from './estates.unit.ts';
import { faultRepair } from './fault-repair.request.ts';

describeRequestTypes(unit);

describe('a request about an estate', () => {
  it.each([
    ['a priority that does not exist', faultRepair, { priority: 'P8' }, ['/payload/priority']],
    ['a priority in lower case', faultRepair, { priority: 'p1' }, ['/payload/priority']],
    [
      'a ligature point without its cell',
      faultRepair,
      { fault: 'fabric', cell: undefined },
      ['/payload/cell'],
    ],
    [
      'a cell fault without its cell',
      faultRepair,
      { ligaturePoint: undefined, cell: undefined },
      ['/payload/cell'],
    ],
    ['a site code with a space', faultRepair, { site: 'NST 01' }, ['/payload/site']],
    [
      'an access that ends before it begins',
      accessRequest,
      { accessUntil: '2026-03-09T08:00:00Z' },
      ['/payload/accessUntil'],
    ],
    [
      'a date without a time as the start of access',
      accessRequest,
      { accessFrom: '2026-03-10' },
      ['/payload/accessFrom'],
    ],
    ['access for no people', accessRequest, { people: 0 }, ['/payload/people']],
  ])('is refused with %s', (_, type, change, pointers) => {
    expect([...new Set(faultsOf(type, change))]).toEqual(pointers);
  });
});

describe('the answer to a fault', () => {
  it.each([
    ['made safe before anybody responded', { madeSafeAt: '2026-03-02T10:00:00Z' }, ['/answer/madeSafeAt']],
    ['fixed before anybody responded', { fixedAt: '2026-03-02T10:00:00Z' }, ['/answer/fixedAt']],
    ['fixed in the future', { fixedAt: '2199-01-01T00:00:00Z' }, ['/answer/fixedAt']],
    [
      'responded, made safe and fixed in the future',
      {
        respondedAt: '2199-01-01T00:00:00Z',
        madeSafeAt: '2199-01-01T00:00:00Z',
        fixedAt: '2199-01-01T00:00:00Z',
      },
      ['/answer/respondedAt', '/answer/madeSafeAt', '/answer/fixedAt'],
    ],
  ])('is refused as %s', (_, change, pointers) => {
    const faults = answerFaults(new PayloadCheck(faultRepair.answer), {
      ...faultRepair.examples[0]?.answer,
      ...change,
    });
    expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('the clocks of a fault', () => {
  // These are a public estate's published priorities: P1 under 2 hours round the clock, P2 4 h, P3 24 h, P4
  // 2 days, P5 1 week, P6 2 weeks, P7 1 month.
  it.each([
    ['P1', '2026-03-28T23:30:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['P2', '2026-03-28T23:30:00.000Z', '2026-03-29T03:30:00.000Z'],
    ['P3', '2026-12-24T18:00:00.000Z', '2026-12-25T18:00:00.000Z'],
    ['P4', '2026-03-06T10:00:00.000Z', '2026-03-08T10:00:00.000Z'],
    ['P5', '2026-03-06T10:00:00.000Z', '2026-03-13T10:00:00.000Z'],
    ['P6', '2026-03-06T10:00:00.000Z', '2026-03-20T10:00:00.000Z'],
  ])('run apart for respond, make safe and fix, every hour of the day: %s', (priority, receivedAt, dueAt) => {
    expect(dueOf(faultRepair, { priority }, receivedAt)).toEqual({
      respond: dueAt,
      'make-safe': dueAt,
      fix: dueAt,
    });
  });

  it('run for P7 until the corresponding date of the next month ends in London', () => {
    // Received on 6 March 2026: until the end of 6 April, which is midnight BST.
    const dueAt = '2026-04-06T23:00:00.000Z';
    expect(dueOf(faultRepair, { priority: 'P7' }, '2026-03-06T10:00:00Z')).toEqual({
      'respond-in-months': dueAt,
      'make-safe-in-months': dueAt,
      'fix-in-months': dueAt,
    });
  });

  it('are each met by their own step: attended, made safe, answered; a claim meets none', () => {
    const at = '2026-03-06T10:00:00Z';
    const started = startClocks(faultRepair.clocks, { priority: 'P3' }, at, new WorkingCalendar());
    const open = (...met: readonly ClockMilestone[]): string[] =>
      met
        .reduce((clocks, milestone) => meetClocks(clocks, milestone, at), started)
        .filter(({ metAt }) => metAt === null)
        .map(({ name }) => name);
    expect(open('claimed')).toEqual(['respond', 'make-safe', 'fix']);
    expect(open({ milestone: 'attended' })).toEqual(['make-safe', 'fix']);
    expect(open({ milestone: 'attended' }, { milestone: 'made-safe' })).toEqual(['fix']);
    expect(open('answered')).toEqual([]);
  });

  it('come after the risk: a ligature point is worked before every other fault', () => {
    const risk = faultRepair.risk as (payload: Record<string, unknown>) => number;
    expect(risk({ priority: 'P5', ligaturePoint: true })).toBeGreaterThan(risk({ priority: 'P1' }));
    expect(risk({ priority: 'P1' })).toBeGreaterThan(risk({ priority: 'P2' }));
    expect(risk({ priority: 'P7' })).toBe(2);
  });
});
