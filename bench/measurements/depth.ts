import { ChildProgram } from '../measure/child-program.ts';
import { LEGS_FORCE, LEGS_UNIT, MODEL_UNIT } from '../legs/settings.ts';
import type { Measurement, Run } from '../measure/measurement.ts';
import { describeAtLeast, describeAtMost, renderTable, formatWhole } from '../measure/report.ts';
import { interleave, quantile } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { REPAIR } from '../measure/work.ts';

const SHALLOW = 10_000;
/** The number of requests in a round. */
const REQUESTS = 6_000;
const PAGES = 200;
const PAGE_MS_MAX = 50;
/** The goal as a share of the rate with 10,000 open requests: for a million, and for ten million. */
const shareGoal = (open: number): number => (open > 1_000_000 ? 0.6 : 0.85);

export const depth: Measurement = {
  name: 'g4',
  title: 'G4 and G7: the queue when it is deep',
  async measure(run) {
    const queues = [];
    for (const open of [SHALLOW, ...run.open]) queues.push(await openDeepQueue(run, open));
    try {
      const results = await interleave(queues, run.rounds, run.say);
      const base = results[0]?.median.perSecond ?? 0;
      const lines = [];
      for (const [place, { name, rounds, median }] of results.entries()) {
        const pages = (await queues[place]?.pages()) ?? [];
        const share = median.perSecond / base;
        const p95 = quantile(pages, 0.95);
        lines.push([
          name,
          formatWhole(median.perSecond),
          rounds.map(({ perSecond }) => formatWhole(perSecond)).join(', '),
          place === 0
            ? '–'
            : `${share.toFixed(2)} (${describeAtLeast(share, shareGoal(run.open[place - 1] ?? 0))})`,
          `${quantile(pages, 0.5).toFixed(1)} / ${p95.toFixed(1)}`,
          describeAtMost(p95, PAGE_MS_MAX),
        ]);
      }
      const head = [
        'open requests',
        'submitted + claimed + answered a second (median)',
        'rounds',
        '÷ 10,000 open',
        'page p50 / p95 ms',
        'page',
      ];
      return `${HOW}\n\n${renderTable('depth', head, lines)}`;
    } finally {
      for (const queue of queues) await queue.end();
    }
  },
};

const HOW = [
  'Only the product’s own statements run, without HTTP and without a broker. A hundred requests arrive,',
  'and the hundred most urgent ones are claimed and answered, in two loops at once, so the depth of the',
  'queue does not change. SQL filled the queue through the schema and its triggers, with random due',
  'times from a month ago to two months ahead. A page has 50 requests and the counts; every fifth page',
  'is the first one, and the others follow it.',
].join('\n');

async function openDeepQueue({ bench, scale, say }: Run, open: number) {
  const name = `bench_depth_${String(open)}`;
  const url = await bench.createServiceDatabase(name, MODEL_UNIT);
  const began = performance.now();
  await fill(bench, name, open);
  say(`${formatWhole(open)} open requests filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const program = new ChildProgram('dist/bench/legs/depth.main.js', { UNIT_URL: url });
  const requests = Math.ceil((REQUESTS * scale) / 100) * 100;
  return {
    name: formatWhole(open),
    async round() {
      const { seconds } = await program.ask<{ seconds: number }>({ turnOver: requests });
      return { perSecond: requests / seconds };
    },
    pages: async () => (await program.ask<{ ms: number[] }>({ pages: PAGES })).ms,
    end: () => program.end(),
  };
}

/** Writes the rows of this many arrivals: inbox, request, task, event and log entry. */
async function fill(bench: BenchStack, name: string, open: number): Promise<void> {
  const force = `'${LEGS_FORCE.slug}'`;
  const payload = `'${JSON.stringify({ ...REPAIR, vrm: 'EX26AAA' })}'`;
  const clocks = JSON.stringify([]);
  const url = bench.urlOf(name);
  await bench.query(
    url,
    `create unlogged table filling as select n, uuidv7(make_interval(secs => n - ${String(open)} - 86400)) as id, uuidv7() as event,
       now() - interval '30 days' * random() as received, random() as spread from generate_series(1, ${String(open)}) as n`,
  );
  const statements = [
    `insert into inbox (owning_force, message_id, content_hash, received_at) select ${force}, id::text, md5(id::text), received from filling`,
    `insert into request (owning_force, id, type, version, force_reference, unit_reference, payload, content_hash, received_at, channel, submitted_by, agreement_id)
     select ${force}, id, 'vehicle-repair', 1, 'filled-' || n, 'OLD-' || n, ${payload}, md5(id::text), received, 'rest', 'bench', 'bench' from filling`,
    `insert into task (owning_force, id, type, due_at, risk, clocks) select ${force}, id, 'vehicle-repair', received + interval '60 days' * spread, n % 4, '${clocks}' from filling`,
    `insert into event (owning_force, event_id, request_id, type, time, key, source, data)
     select ${force}, event, id, 'concordat.request-queued.v1', received, id::text, '/unit/${LEGS_UNIT}', json_build_object('requestId', id, 'state', 'queued') from filling`,
    `insert into access_log (owning_force, person, service, operation, request_id) select ${force}, 'bench', '${LEGS_UNIT}', 'collection', id from filling`,
    `drop table filling`,
  ];
  for (const statement of statements) await bench.query(url, statement);
  await bench.settle(url);
}
