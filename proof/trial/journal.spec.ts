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

function judged(
  a: Partial<ForceEvidence>,
  { b = NOTHING, counts = { arrived: 2, answered: 2, deadLettered: 0 } } = {},
) {
  const journal = new Journal();
  for (const reference of ['R-1', 'R-2']) {
    const entry = journal.mean({
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
  return journal.sortOut(evidence);
}

describe('the journal, which must see a fault when there is one', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(judged({})).toEqual({
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

  it('takes a request that was reopened for one that is finished twice, and misses its second answer', () => {
    const reopened = (...more: ReturnType<typeof event>[]) => [
      ...life('1'),
      event('1-4', '1', 'reopened', 4),
      ...more,
      ...life('2'),
    ];
    const whole = reopened(event('1-5', '1', 'answered', 5));
    expect(judged({ feed: whole, topic: whole })).toMatchObject({ ok: 2, lost: [], duplicate: [] });
    expect(judged({ feed: reopened(), topic: whole }).lost).toEqual([
      'feed: R-1 (rest, fleet) answered: 1 of 2 events',
    ]);
  });

  it('calls lost what was acknowledged and is not there', () => {
    expect(
      judged({ list: [request('1', 'R-1')] }, { counts: { arrived: 1, answered: 1, deadLettered: 0 } }),
    ).toMatchObject({
      ok: 1,
      lost: ['R-2 (rest, fleet) was acknowledged and is not there'],
    });
  });

  it('calls lost what never came to an answer', () => {
    expect(judged({ list: [request('1', 'R-1'), request('2', 'R-2', 'queued')] }).lost).toEqual([
      'R-2 (rest, fleet) is still queued',
    ]);
  });

  it('calls lost what the feed or the topic never told', () => {
    expect(judged({ feed: life('1') }).lost).toHaveLength(2);
    expect(judged({ topic: life('2') }).lost).toHaveLength(2);
  });

  it('calls double what has two requests, or two answers', () => {
    expect(judged({ list: [...GOOD.list, request('3', 'R-2')] }).duplicate).toEqual([
      'R-2 (rest, fleet) is there 2 times',
    ]);
    expect(judged({ feed: [...GOOD.feed, event('x', '1', 'answered', 4)] }).duplicate).toEqual([
      'feed: R-1 (rest, fleet) answered: 2 events',
    ]);
  });

  it('allows a topic to hold the same message again, and a feed not', () => {
    expect(judged({ topic: [...GOOD.topic, ...life('1')] })).toMatchObject({
      ok: 2,
      duplicate: [],
      outOfOrder: [],
      resent: 3,
    });
    expect(judged({ feed: [...GOOD.feed, ...life('1')] }).duplicate).toHaveLength(2);
  });

  it('goes by where a message stood first, in whatever order it comes again', () => {
    expect(judged({ topic: [...GOOD.topic, ...life('1').reverse()] })).toMatchObject({
      ok: 2,
      outOfOrder: [],
      resent: 3,
    });
  });

  it('sees events that change places', () => {
    expect(judged({ feed: [...GOOD.feed].reverse() }).outOfOrder).toHaveLength(2);
  });

  it('sees what another force was shown', () => {
    expect(judged({}, { b: { ...NOTHING, list: [request('1', 'R-1')] } }).leaked).toEqual([
      "b-force lists R-1, which is a-force's",
    ]);
    expect(judged({}, { b: { ...NOTHING, feed: life('2') } }).leaked).toContain(
      "the feed of b-force tells of 2, which is a-force's",
    );
    expect(judged({}, { b: { ...NOTHING, topic: life('2') } }).leaked).toContain(
      'the topic of b-force has an event of a-force',
    );
  });

  it('sees what was refused and is there all the same', () => {
    const journal = new Journal();
    journal.mean({
      force: 'a-force',
      unit: 'fleet',
      type: 'vehicle-repair',
      reference: 'R-1',
      door: 'kafka',
    }).refused = 'no-agreement';
    expect(journal.sortOut({ byForce: { 'a-force': GOOD }, countsByUnit: {} }).unexpected).toEqual([
      'R-1 was refused (no-agreement) and is there',
    ]);
  });

  it('reconciles what was accepted with what arrived and where it is', () => {
    expect(judged({}, { counts: { arrived: 3, answered: 3, deadLettered: 0 } }).uncounted).toEqual([
      'fleet a-force: 2 accepted, 3 arrived',
    ]);
    expect(judged({}, { counts: { arrived: 2, answered: 1, deadLettered: 0 } }).uncounted).toHaveLength(1);
    expect(judged({}, { counts: { arrived: 2, answered: 2, deadLettered: 1 } }).uncounted).toEqual([
      'fleet a-force: 1 dead letters',
    ]);
  });
});
