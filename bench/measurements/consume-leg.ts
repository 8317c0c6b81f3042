import { Legs } from '../ours/legs.ts';
import type { Measurement, Run } from '../measure/measurement.ts';
import { describeAtLeast, renderTable, formatWhole } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';

const MESSAGES = 20_000;
const BACKLOG = 100_000;
/** Every Nth request of the backlog is followed by more information. */
const FOLLOWED_EVERY = 20;
const SHARE_OF_LIMIT = 0.8;
const SHARE_OF_STEADY = 0.7;
const CONTENDERS = {
  bare: 'C: plain kafkajs loop, same messages and settings, no work',
  statement: 'P: the statement for arrivals, same messages, no Kafka',
  consume: 'Concordat: consumer → statement → offset commit',
} as const;

export const consumeLeg: Measurement = {
  name: 'g5',
  title: 'G5: from Kafka into the queue',
  async measure(run) {
    const legs = await Legs.open(run.bench);
    try {
      const rates = await measureConsume(run, legs);
      const limit = 1 / (1 / median(rates.bare) + 1 / median(rates.statement));
      const ours = median(rates.consume);
      const backlog = await measureBacklog(run, legs);
      return [
        HOW,
        '',
        renderTable(
          'consume',
          ['what', 'messages a second (median)', 'rounds', 'goal'],
          [
            ...Object.entries(CONTENDERS).map(([leg, name]) => {
              const all = rates[leg as keyof typeof CONTENDERS];
              return [name, formatWhole(median(all)), all.map(formatWhole).join(', '), '–'];
            }),
            [
              'limit 1 ÷ (1/C + 1/P)',
              formatWhole(limit),
              '–',
              `ours ÷ limit ${(ours / limit).toFixed(2)} (${describeAtLeast(ours / limit, SHARE_OF_LIMIT)})`,
            ],
          ],
        ),
        '',
        backlog,
      ].join('\n');
    } finally {
      await legs.end();
    }
  },
};

const HOW = [
  'Before the measurement, intake’s statement and its relay put the messages on six partitions. Each',
  'contender reads all of them in its own consumer group, two partitions at once. The time runs from',
  'the first batch to the last committed offset, so joining the group does not count.',
].join('\n');

async function measureConsume(
  { rounds, scale, say }: Run,
  legs: Legs,
): Promise<Record<keyof typeof CONTENDERS, number[]>> {
  const count = Math.round(MESSAGES * scale);
  const rates: Record<keyof typeof CONTENDERS, number[]> = { bare: [], statement: [], consume: [] };
  for (let number = 0; number <= rounds; number += 1) {
    await legs.run({ leg: 'submit', count });
    await legs.run({ leg: 'relay', count });
    const order = Object.keys(CONTENDERS) as (keyof typeof CONTENDERS)[];
    for (const leg of number % 2 === 0 ? order : order.reverse()) {
      const rate = count / (await legs.run({ leg, count }));
      say(`${number === 0 ? 'warm-up' : `round ${String(number)}`}  ${leg}: ${rate.toFixed(0)}/s`);
      if (number > 0) rates[leg].push(rate);
    }
    if (number === 0) await legs.settle();
  }
  return rates;
}

/** Measures a backlog after an outage, five times as large as the steady load before it. */
async function measureBacklog({ scale, say }: Run, legs: Legs): Promise<string> {
  const before = await legs.countArrived();
  const rateOf = async (requests: number): Promise<number> => {
    const count = requests + Math.ceil(requests / FOLLOWED_EVERY);
    await legs.run({ leg: 'submit', count: requests, followedEvery: FOLLOWED_EVERY });
    await legs.run({ leg: 'relay', count });
    return count / (await legs.run({ leg: 'consume', count }));
  };
  // The numbers are multiples of a batch, so that exactly every twentieth request is followed by information.
  const [few, many] = [(MESSAGES * scale) / 100, (BACKLOG * scale) / 100].map(
    (hundreds) => Math.ceil(hundreds) * 100,
  ) as [number, number];
  const steady = await rateOf(few);
  const backlog = await rateOf(many);
  say(`backlog of ${String(many)}: ${backlog.toFixed(0)}/s, steady ${steady.toFixed(0)}/s`);
  const after = await legs.countArrived();
  const followed = after.followed - before.followed;
  const expected = (few + many) / FOLLOWED_EVERY;
  if (
    after.requests - before.requests !== few + many ||
    followed !== expected ||
    after.deadLetters > 0 ||
    after.outOfOrder > 0
  ) {
    throw new Error(
      `expected ${String(few + many)} requests, ${String(expected)} of them with more information; the unit has ${JSON.stringify({ before, after })}`,
    );
  }
  const share = backlog / steady;
  return [
    `After an outage: ${formatWhole(many)} requests waited, every twentieth followed by more information. They were read at ${formatWhole(backlog)} messages a second. The steady rate, with a fifth`,
    `of these requests, was ${formatWhole(steady)}, so the ratio is ${share.toFixed(2)} (${describeAtLeast(share, SHARE_OF_STEADY)}). All ${formatWhole(few + many)} requests arrived once, all ${formatWhole(followed)} with more information in the right order, and there were no dead letters.`,
  ].join('\n');
}
