import { openIntakeAlone } from '../ours/intake-alone.ts';
import { openBareDoor, DOORS } from '../peers/doors.ts';
import { hasRedis } from '../peers/redis.ts';
import type { Measurement } from '../measure/measurement.ts';
import { renderComparison } from '../measure/report.ts';

/** The length of a round of submissions. */
export const DOOR_ROUND_MS = 6_000;

export const door: Measurement = {
  name: 'g1',
  title: 'G1: REST to a durable 201',
  async measure({ bench, load, scale, measured }) {
    const ms = DOOR_ROUND_MS * scale;
    const results = await measured([
      await openIntakeAlone(bench, ms, load),
      await openBareDoor(bench, 'grouped', ms, load),
      await openBareDoor(bench, 'single', ms, load),
      await openBareDoor(bench, 'boss', ms, load),
      ...(hasRedis ? [await openBareDoor(bench, 'bullmq', ms, load)] : []),
    ]);
    const goals = [
      { against: DOORS.grouped, atLeast: 0.85 },
      { against: DOORS.single, atLeast: 3 },
      { against: DOORS.boss, atLeast: 8 },
      { against: DOORS.bullmq, atLeast: 1.2 },
    ];
    return `${HOW}\n\n${renderComparison('door', results, goals)}`;
  },
};

const HOW = [
  'A separate client process uses 64 kept-alive connections, with one request at a time on each. All',
  'contenders get the same body. Ours is the whole intake process without a broker, so that only the',
  'door is measured: access token, bounded JSON, validation, rules over fields, agreement gate,',
  'idempotency and row security. The bare doors are Fastify and a statement, without token and',
  'validation. The first of them uses intake’s own statement, grouping and schema. Redis confirms a job',
  'when it is on disk, as PostgreSQL does.',
].join('\n');
