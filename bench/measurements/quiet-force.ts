import { openFairness, renderFairness } from '../ours/fairness.ts';
import type { Measurement } from '../measure/measurement.ts';
import { DOOR_ROUND_MS } from './door.ts';

export const quietForce: Measurement = {
  name: 'fairness',
  title: 'Fairness: a quiet force beside one that floods',
  async measure({ bench, scale, measured }) {
    return `${HOW}\n\n${renderFairness(await measured(await openFairness(bench, DOOR_ROUND_MS * scale)))}`;
  },
};

const HOW = [
  'One force sends its share, 50 requests a second on 16 connections. Another sends ten times its',
  'share, 500 a second on 64 connections, from a separate process. Each request has a due time, and',
  'waiting for the answer before it counts. The goal: the quiet force’s p99 at most doubles.',
].join('\n');
