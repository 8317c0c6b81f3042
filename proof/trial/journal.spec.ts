import { describe, expect, it } from '@jest/globals';
import { Journal, type Evidence, type ForceEvidence } from './journal.ts';

const event = (id: string, requestId: string, type: string, sequence: number) => ({
  id,
  requestId,
  type: `concordat.request-${type}.v1`,
  owningForce: 'a-force',
  data: { sequence },
});
const life = (requestId: string) => [
  event(`${requestId}-1`, requestId, 'queued', 1),
  event(`${requestId}-2`, requestId, 'claimed', 2),
  event(`${requestId}-3`, requestId, 'answered', 3),
];
const request = (id: string, reference: string, state = 'answered') => ({
  ...{ id, reference, state, unit: 'fleet', sequence: 3 },
  ...{
    question: null,
    answer: {},
    reason: null,
    belongsTo: null,
    subject: '',
    payload: {},
    receivedAt: '2026-03-02T09:00:00.000Z',
  },
});

const NOTHING: ForceEvidence = { list: [], feed: [], topic: [] };
const GOOD: ForceEvidence = {
  list: [request('1', 'R-1'), request('2', 'R-2')],
  feed: [...life('1'), ...life('2')],
  topic: [...life('1'), ...life('2')],
};

function judge(
  a: Partial<ForceEvidence>,
  { b = NOTHING, counts = { arrived: 2, answered: 2, deadLettered: 0 } } = {},
) {
  const journal = new Journal();
  for (const reference of ['R-1', 'R-2']) {
    const entry = journal.record({
      force: 'a-force',
      unit: 'fleet',
      type: 'vehicle-repair',
      reference,
      door: 'rest',
    });
    entry.acknowledgedAt = 1;
  }
  const evidence: Evidence = {
    byForce: { 'a-force': { ...GOOD, ...a }, 'b-force': b },
    countsByUnit: { fleet: { 'a-force': counts } },
  };
  return journal.judge(evidence);
}

describe('the journal', () => {
  it('finds nothing when every promise was kept', () => {
    expect(judge({})).toEqual({
      ok: 2,
      lost: [],
      unexpected: [],
      duplicate: [],
      outOfOrder: [],
      leaked: [],
      uncounted: [],
      resent: 0,
    });
  });

  it('expects two final events for a reopened request, and reports a missing second answer', () => {
    const reopened = (...more: ReturnType<typeof event>[]) => [
      ...life('1'),
      event('1-4', '1', 'reopened', 4),
      ...more,
      ...life('2'),
    ];
    const whole = reopened(event('1-5', '1', 'answered', 5));
    expect(judge({ feed: whole, topic: whole })).toMatchObject({ ok: 2, lost: [], duplicate: [] });
    expect(judge({ feed: reopened(), topic: whole }).lost).toEqual([
      'feed: R-1 (rest, fleet) answered: 1 of 2 events',
    ]);
  });

  it('reports an acknowledged request that is missing as lost', () => {
    expect(
      judge({ list: [request('1', 'R-1')] }, { counts: { arrived: 1, answered: 1, deadLettered: 0 } }),
    ).toMatchObject({
      ok: 1,
      lost: ['R-2 (rest, fleet) was acknowledged but is missing'],
    });
  });

  it('reports a request without an answer as lost', () => {
    expect(judge({ list: [request('1', 'R-1'), request('2', 'R-2', 'queued')] }).lost).toEqual([
      'R-2 (rest, fleet) is still queued',
    ]);
  });

  it('reports an event missing from the feed or the topic as lost', () => {
    expect(judge({ feed: life('1') }).lost).toHaveLength(2);
    expect(judge({ topic: life('2') }).lost).toHaveLength(2);
  });

  it('reports a second request or a second answer as a duplicate', () => {
    expect(judge({ list: [...GOOD.list, request('3', 'R-2')] }).duplicate).toEqual([
      'R-2 (rest, fleet) exists 2 times',
    ]);
    expect(judge({ feed: [...GOOD.feed, event('x', '1', 'answered', 4)] }).duplicate).toEqual([
      'feed: R-1 (rest, fleet) answered: 2 events',
    ]);
  });

  it('allows repeated messages on a topic, but not in a feed', () => {
    expect(judge({ topic: [...GOOD.topic, ...life('1')] })).toMatchObject({
      ok: 2,
      duplicate: [],
      outOfOrder: [],
      resent: 3,
    });
    expect(judge({ feed: [...GOOD.feed, ...life('1')] }).duplicate).toHaveLength(2);
  });

  it('checks the order of first occurrences, and ignores the order of repeated messages', () => {
    expect(judge({ topic: [...GOOD.topic, ...life('1').reverse()] })).toMatchObject({
      ok: 2,
      outOfOrder: [],
      resent: 3,
    });
  });

  it('reports events in the wrong order', () => {
    expect(judge({ feed: [...GOOD.feed].reverse() }).outOfOrder).toHaveLength(2);
  });

  it('reports data that another force was shown', () => {
    expect(judge({}, { b: { ...NOTHING, list: [request('1', 'R-1')] } }).leaked).toEqual([
      "b-force lists R-1, which is a-force's",
    ]);
    expect(judge({}, { b: { ...NOTHING, feed: life('2') } }).leaked).toContain(
      "the feed of b-force mentions 2, which is a-force's",
    );
    expect(judge({}, { b: { ...NOTHING, topic: life('2') } }).leaked).toContain(
      'the topic of b-force has an event of a-force',
    );
  });

  it('reports a refused request that exists', () => {
    const journal = new Journal();
    journal.record({
      force: 'a-force',
      unit: 'fleet',
      type: 'vehicle-repair',
      reference: 'R-1',
      door: 'kafka',
    }).refused = 'no-agreement';
    expect(journal.judge({ byForce: { 'a-force': GOOD }, countsByUnit: {} }).unexpected).toEqual([
      'R-1 was refused (no-agreement) but exists',
    ]);
  });

  it('compares the accepted requests with the counts of the unit', () => {
    expect(judge({}, { counts: { arrived: 3, answered: 3, deadLettered: 0 } }).uncounted).toEqual([
      'fleet a-force: 2 accepted, 3 arrived',
    ]);
    expect(judge({}, { counts: { arrived: 2, answered: 1, deadLettered: 0 } }).uncounted).toHaveLength(1);
    expect(judge({}, { counts: { arrived: 2, answered: 2, deadLettered: 1 } }).uncounted).toEqual([
      'fleet a-force: 1 dead letters',
    ]);
  });
});
