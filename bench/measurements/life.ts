import { openIntakeAlone } from '../ours/intake-alone.ts';
import { Legs } from '../ours/legs.ts';
import { STAFFED, openWholeLife } from '../ours/whole-life.ts';
import { BOSS, openBossLife } from '../peers/boss.ts';
import { STOCK, openStockLife } from '../peers/stock.ts';
import type { Measurement, Run } from '../measure/measurement.ts';
import { describeAtLeast, renderComparison, renderTable, formatWhole } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';
import { DOOR_ROUND_MS } from './door.ts';

/** The number of requests in a round. A round takes about ten seconds, because short runs are misleading. */
const REQUESTS = { desk: 600, stock: 800, perItem: 1_500, batched: 40_000 };
export const LIFE_REQUESTS = 4_000;

export const life: Measurement = {
  name: 'g2',
  title: 'G2: the whole life',
  async measure(run) {
    const { bench, load, scale, measured } = run;
    const results = await measured([
      await openWholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load),
      await openWholeLife(bench, 'files', Math.round(LIFE_REQUESTS * scale), load),
      await openWholeLife(bench, 'desk', Math.round(REQUESTS.desk * scale), load),
      await openStockLife(bench, Math.round(REQUESTS.stock * scale), load),
      await openBossLife(bench, 'per-item', Math.round(REQUESTS.perItem * scale)),
      await openBossLife(bench, 'batched', Math.round(REQUESTS.batched * scale)),
    ]);
    const goals = [
      { against: STOCK, atLeast: 40 },
      { against: BOSS['per-item'], atLeast: 20 },
      { against: BOSS.batched, atLeast: 1, by: STAFFED.files.name },
    ];
    const ours = results[0]?.median.perSecond ?? 0;
    return `${HOW}\n\n${renderComparison('life', results, goals)}\n\n${await compareWithLegs(run, ours)}`;
  },
};

const HOW = [
  'Submit → routed over Kafka → queued → claimed → answered → delivered. Ours is the stack of `npm',
  'start` with all seven services. Three forces submit over REST, staff claim and answer through the',
  'unit’s HTTP API, and an answer is delivered when a client has read it from the force’s feed.',
  'Automatic workers take and answer 100 requests a call on two connections; staff use 32 connections',
  'with one request a call. The batched peer is compared with our contender that also sends in batches:',
  'a file of lines from each force. The stock pair does the same with Nest’s ServerKafka and TypeORM;',
  'its workers run inside the unit’s process without HTTP, and an answer is delivered when its door has',
  'stored it. The pg-boss contenders have no HTTP, validation, ownership or broker, and the batched one',
  'stores only jobs.',
].join('\n');

/** A unit writes these events for a request without a question: queued, claimed, answered. */
const EVENTS_OF_A_LIFE = 3;
const SHARE_OF_LIMIT = 0.8;
const LEGS = {
  relay: 'intake’s outbox → the unit’s topic',
  consume: 'the unit’s topic → queued, offsets committed (as in G5)',
  work: 'claimed and answered, 100 at a time, two at once, without HTTP',
  events: 'the unit’s outbox → the force’s topic → intake’s feed (three events a request)',
} as const;

/**
 * Compares the whole life with its legs, each measured alone. All legs share the processors, so the whole
 * life cannot be faster than one leg after the other.
 */
async function compareWithLegs(run: Run, ours: number): Promise<string> {
  const rates = await measureLegs(run);
  const limit = 1 / rates.reduce((sum, [, rate]) => sum + 1 / rate, 0);
  const share = ours / limit;
  return [
    'These are the legs of the same life, each measured alone with the product’s own code:',
    '',
    renderTable(
      'legs',
      ['leg', 'requests a second (median)'],
      [
        ...rates.map(([name, rate]) => [name, formatWhole(rate)]),
        ['limit 1 ÷ Σ(1/leg)', formatWhole(limit)],
        [`Concordat ÷ limit: ${share.toFixed(2)}`, describeAtLeast(share, SHARE_OF_LIMIT)],
      ],
    ),
  ].join('\n');
}

async function measureLegs({
  bench,
  load,
  rounds,
  scale,
  say,
  measured,
}: Run): Promise<(readonly [name: string, rate: number])[]> {
  const [door] = await measured([await openIntakeAlone(bench, DOOR_ROUND_MS * scale, load)]);
  const count = Math.round(LIFE_REQUESTS * scale);
  const rates = new Map(Object.keys(LEGS).map((leg) => [leg as keyof typeof LEGS, [] as number[]]));
  const legs = await Legs.open(bench);
  try {
    for (let number = 0; number <= rounds; number += 1) {
      await legs.run({ leg: 'submit', count });
      for (const [leg, all] of rates) {
        const rate =
          count / (await legs.run({ leg, count: leg === 'events' ? count * EVENTS_OF_A_LIFE : count }));
        say(`${number === 0 ? 'warm-up' : `round ${String(number)}`}  ${leg}: ${rate.toFixed(0)}/s`);
        if (number > 0) all.push(rate);
      }
      if (number === 0) await legs.settle();
    }
  } finally {
    await legs.end();
  }
  return [
    ['REST → 201, without a broker (as in G1)', door?.median.perSecond ?? 0],
    ...[...rates].map(([leg, all]) => [LEGS[leg], median(all)] as const),
  ];
}
