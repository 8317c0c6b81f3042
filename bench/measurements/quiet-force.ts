import { fairness, fairnessTable } from '../ours/fairness.ts';
import type { Part } from '../measure/measurement.ts';
import { DOOR_ROUND_MS } from './door.ts';

export const quietForce: Part = {
  name: 'fairness',
  title: 'Fairness: a quiet force beside one that floods',
  async measure({ bench, scale, measured }) {
    return `${HOW}\n\n${fairnessTable(await measured(await fairness(bench, DOOR_ROUND_MS * scale)))}`;
  },
};

const HOW = [
  'One force sends its share, 50 a second on 16 connections; the other ten times its share, 500 a second on 64 connections, from a process of its own.',
  'A request has its moment, and waiting behind a late answer counts. The goal: the quiet force’s p99 at most doubles.',
].join('\n');
