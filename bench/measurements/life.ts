import { intakeAlone } from '../ours/intake-alone.ts';
import { Legs } from '../ours/legs.ts';
import { STAFFED, wholeLife } from '../ours/whole-life.ts';
import { BOSS, bossLife } from '../peers/boss.ts';
import { STOCK, stockLife } from '../peers/stock.ts';
import type { Part, Run } from '../measure/measurement.ts';
import { atLeast, comparison, table, whole } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';
import { DOOR_ROUND_MS } from './door.ts';

/** Requests of a round, so many that a round of each takes some ten seconds: small runs mislead. */
const REQUESTS = { desk: 600, stock: 800, perItem: 1_500, batched: 40_000 };
export const LIFE_REQUESTS = 4_000;

export const life: Part = {
  name: 'g2',
  title: 'G2: the whole life',
  async measure(run) {
    const { bench, load, scale, measured } = run;
    const standings = await measured([
      await wholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load),
      await wholeLife(bench, 'files', Math.round(LIFE_REQUESTS * scale), load),
      await wholeLife(bench, 'desk', Math.round(REQUESTS.desk * scale), load),
      await stockLife(bench, Math.round(REQUESTS.stock * scale), load),
      await bossLife(bench, 'per-item', Math.round(REQUESTS.perItem * scale)),
      await bossLife(bench, 'batched', Math.round(REQUESTS.batched * scale)),
    ]);
    const goals = [
      { against: STOCK, atLeast: 40 },
      { against: BOSS['per-item'], atLeast: 20 },
      { against: BOSS.batched, atLeast: 1, by: STAFFED.files.name },
    ];
    const ours = standings[0]?.median.perSecond ?? 0;
    return `${HOW}\n\n${comparison('life', standings, goals)}\n\n${await againstItsLegs(run, ours)}`;
  },
};

const HOW = [
  'Submit → routed over Kafka → queued → claimed → answered → delivered. Ours is the stack as `npm start` runs it (seven services, all running), submitted',
  'over REST by three forces, claimed and answered through the unit’s HTTP API, delivered when a client has read the answer from the feed of the force.',
  'Automatic workers take and answer 100 requests a call on two connections; staff at a desk are 32 connections with one request a call. The batched peer is met by the way that sends',
  'in batches as well: a file of lines from each force. The stock pair does the same life with Nest’s ServerKafka and TypeORM, its workers inside the unit’s process without HTTP,',
  'delivered when its door has stored the answer. The pg-boss ways have no HTTP, validation, ownership or broker, and the batched one keeps no rows but jobs.',
].join('\n');

/** Events that a unit writes in a life without a question: queued, claimed, answered. */
const EVENTS_OF_A_LIFE = 3;
const SHARE_OF_LIMIT = 0.8;
const LEGS = {
  relay: 'intake’s outbox → the unit’s topic',
  consume: 'the unit’s topic → queued, offsets committed (as in G5)',
  work: 'claimed and answered, 100 at a time, two at once, without HTTP',
  events: 'the unit’s outbox → the force’s topic → intake’s feed (three events a request)',
} as const;

/** Each leg alone on the machine; all of them share its processors, so the whole can be no faster than one after the other. */
async function againstItsLegs(run: Run, ours: number): Promise<string> {
  const rates = await measureLegs(run);
  const limit = 1 / rates.reduce((sum, [, rate]) => sum + 1 / rate, 0);
  const share = ours / limit;
  return [
    'The same life one leg at a time, each by the product’s own code with nothing else at work:',
    '',
    table(
      'legs',
      ['leg', 'requests a second (median)'],
      [
        ...rates.map(([name, rate]) => [name, whole(rate)]),
        ['limit 1 ÷ Σ(1/leg)', whole(limit)],
        [`Concordat ÷ limit: ${share.toFixed(2)}`, atLeast(share, SHARE_OF_LIMIT)],
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
  const [door] = await measured([await intakeAlone(bench, DOOR_ROUND_MS * scale, load)]);
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
    ['REST → 201, the relay’s broker away (as in G1)', door?.median.perSecond ?? 0],
    ...[...rates].map(([leg, all]) => [LEGS[leg], median(all)] as const),
  ];
}
