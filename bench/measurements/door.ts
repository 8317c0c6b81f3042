import { intakeAlone } from '../ours/intake-alone.ts';
import { bareDoor, DOORS } from '../peers/doors.ts';
import { hasRedis } from '../peers/redis.ts';
import type { Part } from '../measure/measurement.ts';
import { comparison } from '../measure/report.ts';

/** Length of a round of submissions. */
export const DOOR_ROUND_MS = 6_000;

export const door: Part = {
  name: 'g1',
  title: 'G1: REST to a durable 201',
  async measure({ bench, load, scale, measured }) {
    const ms = DOOR_ROUND_MS * scale;
    const standings = await measured([
      await intakeAlone(bench, ms, load),
      await bareDoor(bench, 'grouped', ms, load),
      await bareDoor(bench, 'single', ms, load),
      await bareDoor(bench, 'boss', ms, load),
      ...(hasRedis ? [await bareDoor(bench, 'bullmq', ms, load)] : []),
    ]);
    const goals = [
      { against: DOORS.grouped, atLeast: 0.85 },
      { against: DOORS.single, atLeast: 3 },
      { against: DOORS.boss, atLeast: 8 },
      { against: DOORS.bullmq, atLeast: 1.2 },
    ];
    return `${HOW}\n\n${comparison('door', standings, goals)}`;
  },
};

const HOW = [
  '64 kept-alive connections from a client process of its own, one request at a time on each; the same body for everybody.',
  'Ours is the whole intake process with its broker away, so that the figure is the door’s alone: access token, bounded JSON, validation,',
  'rules over fields, agreement gate, idempotency, row security. The bare doors are Fastify and a statement: no token, no validation. The first of',
  'them stores by intake’s own statement, grouping and schema. Redis says yes when the job is on disk, as PostgreSQL does.',
].join('\n');
