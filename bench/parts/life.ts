import { wholeLife } from '../ours/whole-life.ts';
import { BOSS, bossLife } from '../peers/boss.ts';
import { STOCK, stockLife } from '../peers/stock.ts';
import type { Part } from '../part.ts';
import { comparison } from '../report.ts';

/** Requests of a round, so many that a round of each takes some ten seconds: small runs mislead. */
const REQUESTS = { desk: 600, stock: 800, perItem: 1_500, batched: 40_000 };
export const LIFE_REQUESTS = 4_000;

export const life: Part = {
  name: 'g2',
  title: 'G2: the whole life',
  async measure({ bench, load, scale, measured }) {
    const standings = await measured([
      await wholeLife(bench, 'workers', Math.round(LIFE_REQUESTS * scale), load),
      await wholeLife(bench, 'desk', Math.round(REQUESTS.desk * scale), load),
      await stockLife(bench, Math.round(REQUESTS.stock * scale), load),
      await bossLife(bench, 'per-item', Math.round(REQUESTS.perItem * scale)),
      await bossLife(bench, 'batched', Math.round(REQUESTS.batched * scale)),
    ]);
    const goals = [
      { against: STOCK, atLeast: 40 },
      { against: BOSS['per-item'], atLeast: 20 },
      { against: BOSS.batched, atLeast: 1 },
    ];
    return `${HOW}\n\n${comparison(standings, goals)}`;
  },
};

const HOW = [
  'Submit → routed over Kafka → queued → claimed → answered → delivered. Ours is the stack as `npm start` runs it (seven services, all running), submitted',
  'over REST by three forces, claimed and answered through the unit’s HTTP API, delivered when a client has read the answer from the feed of the force.',
  'Automatic workers take and answer 100 requests a call on two connections; staff at a desk are 32 connections with one request a call. The stock pair does the same life with Nest’s ServerKafka and TypeORM, its workers inside the unit’s process without HTTP,',
  'delivered when its door has stored the answer. The pg-boss ways have no HTTP, validation, ownership or broker, and the batched one keeps no rows but jobs.',
].join('\n');
