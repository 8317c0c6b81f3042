import { Legs } from '../ours/legs.ts';
import type { Part, Run } from '../measure/measurement.ts';
import { atLeast, table, whole } from '../measure/report.ts';
import { median } from '../measure/rounds.ts';

const MESSAGES = 20_000;
const BACKLOG = 100_000;
/** Every so-manieth request of the backlog is followed by more information. */
const FOLLOWED_EVERY = 20;
const SHARE_OF_LIMIT = 0.8;
const SHARE_OF_STEADY = 0.7;
const WAYS = {
  bare: 'C: bare kafkajs loop, the same messages and settings, nothing done',
  statement: 'P: the statement of arrivals, the same messages, no Kafka',
  consume: 'Concordat: consumer → statement → offset commit',
} as const;

export const consumeLeg: Part = {
  name: 'g5',
  title: 'G5: from Kafka into the queue',
  async measure(run) {
    const legs = await Legs.open(run.bench);
    try {
      const rates = await measureLeg(run, legs);
      const limit = 1 / (1 / median(rates.bare) + 1 / median(rates.statement));
      const ours = median(rates.consume);
      const backlog = await drain(run, legs);
      return [
        HOW,
        '',
        table(
          'consume',
          ['what', 'messages a second (median)', 'rounds', 'goal'],
          [
            ...Object.entries(WAYS).map(([way, name]) => {
              const all = rates[way as keyof typeof WAYS];
              return [name, whole(median(all)), all.map(whole).join(', '), '–'];
            }),
            [
              'limit 1 ÷ (1/C + 1/P)',
              whole(limit),
              '–',
              `ours ÷ limit ${(ours / limit).toFixed(2)} (${atLeast(ours / limit, SHARE_OF_LIMIT)})`,
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
  'Messages of six partitions lie ready before the clock starts, stored by intake’s statement and sent by its relay; each way reads all of them under a group of its own, two partitions',
  'at once. The clock runs from the first batch to the last committed offset, so joining the group does not count.',
].join('\n');

async function measureLeg(
  { rounds, scale, say }: Run,
  legs: Legs,
): Promise<Record<keyof typeof WAYS, number[]>> {
  const count = Math.round(MESSAGES * scale);
  const rates: Record<keyof typeof WAYS, number[]> = { bare: [], statement: [], consume: [] };
  for (let number = 0; number <= rounds; number += 1) {
    await legs.run({ leg: 'submit', count });
    await legs.run({ leg: 'relay', count });
    const order = Object.keys(WAYS) as (keyof typeof WAYS)[];
    for (const leg of number % 2 === 0 ? order : order.reverse()) {
      const rate = count / (await legs.run({ leg, count }));
      say(`${number === 0 ? 'warm-up' : `round ${String(number)}`}  ${leg}: ${rate.toFixed(0)}/s`);
      if (number > 0) rates[leg].push(rate);
    }
    if (number === 0) await legs.settle();
  }
  return rates;
}

/** An outage: the consumer is away while messages gather. Then the same again, five times as many. */
async function drain({ scale, say }: Run, legs: Legs): Promise<string> {
  const before = await legs.arrived();
  const rateOf = async (requests: number): Promise<number> => {
    const count = requests + Math.ceil(requests / FOLLOWED_EVERY);
    await legs.run({ leg: 'submit', count: requests, followedEvery: FOLLOWED_EVERY });
    await legs.run({ leg: 'relay', count });
    return count / (await legs.run({ leg: 'consume', count }));
  };
  // A multiple of a batch, so that the share that is followed comes out even.
  const [few, many] = [(MESSAGES * scale) / 100, (BACKLOG * scale) / 100].map(
    (hundreds) => Math.ceil(hundreds) * 100,
  ) as [number, number];
  const steady = await rateOf(few);
  const backlog = await rateOf(many);
  say(`backlog of ${String(many)}: ${backlog.toFixed(0)}/s, steady ${steady.toFixed(0)}/s`);
  const after = await legs.arrived();
  const followed = after.followed - before.followed;
  const expected = (few + many) / FOLLOWED_EVERY;
  if (
    after.requests - before.requests !== few + many ||
    followed !== expected ||
    after.deadLetters > 0 ||
    after.turnedRound > 0
  ) {
    throw new Error(
      `of ${String(few + many)} requests, ${String(expected)} followed, there came ${JSON.stringify({ before, after })}`,
    );
  }
  const share = backlog / steady;
  return [
    `After an outage: ${whole(many)} requests waited, and of every twentieth more information behind it, drained at ${whole(backlog)} messages a second; a fifth as many of`,
    `the same, ${whole(steady)}: ${share.toFixed(2)} of the steady rate (${atLeast(share, SHARE_OF_STEADY)}). All ${whole(few + many)} arrived once, all ${whole(followed)} that were followed in their order, no dead letters.`,
  ].join('\n');
}
