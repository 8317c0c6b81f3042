import type { Schema } from '#contracts';
import {
  answerSchema,
  COUNT,
  IDEMPOTENCY_KEY,
  json,
  MOMENT,
  named,
  orNull,
  TEXT,
  UUID,
  type DescribedParameter,
  type RouteDescription,
} from '#web';
import type { BulkJobView, LineResult } from './bulk.store.ts';

/** A job as it is given out: with the way to its results. */
export type BulkJob = BulkJobView & { readonly results: string };
/** A result as it is given out: what it does not have is left out. */
export type BulkResult = Pick<LineResult, 'line' | 'outcome'> & Partial<LineResult>;

const job = answerSchema<BulkJob>({
  id: UUID,
  key: TEXT,
  format: { type: 'string', enum: ['ndjson', 'csv'] },
  type: orNull(TEXT),
  state: { type: 'string', enum: ['receiving', 'interrupted', 'finished'] },
  accepted: COUNT,
  known: COUNT,
  refused: COUNT,
  startedAt: MOMENT,
  finishedAt: orNull(MOMENT),
  results: TEXT,
});

const result: Schema = {
  description: 'One line of NDJSON for each line of the upload that has its result',
  ...answerSchema<LineResult>(
    {
      line: { type: 'integer', minimum: 1 },
      outcome: { type: 'string', enum: ['accepted', 'known', 'refused'] },
      reference: TEXT,
      requestId: UUID,
      problem: named('Problem'),
    },
    ['reference', 'requestId', 'problem'],
  ),
};

const JOB: Readonly<Record<string, DescribedParameter>> = {
  job: { schema: UUID, help: 'The job that the upload was answered with' },
};

export const SUBMIT_IN_BULK: RouteDescription = {
  id: 'submitInBulk',
  summary: 'Submit many requests in one body',
  details: [
    'One submission a line, as NDJSON, or as CSV whose header names `reference`, `type`, `version`, `origin` and `payload.field` (dots for',
    'nesting, values of a list apart by `;`, an empty cell for what is left out). The 202 comes when the body was read to its end and every line',
    'has its result. A line that is malformed costs itself alone. After a cut connection send the same body with the same `Idempotency-Key`:',
    'nothing is taken twice, and the results are completed. At most 250,000 lines, each as long as a single submission may be.',
  ].join('\n'),
  headers: IDEMPOTENCY_KEY,
  query: { type: { schema: TEXT, help: 'For CSV without a column `type`: the type of every line' } },
  body: {
    'application/x-ndjson': { schema: { type: 'string', description: 'Each line a Submission' } },
    'text/csv': {
      schema: { type: 'string' },
      example: 'reference,payload.vrm,payload.odometerMiles\nR-1,EX26AAA,48210\n',
    },
  },
  answers: {
    202: {
      means: 'Every line has its result',
      headers: {
        location: 'Where to read the job',
        'idempotent-replayed': '`true` when this upload had ended before',
      },
      content: json(job),
    },
  },
  problems: [
    'missing-idempotency-key',
    'invalid-request',
    'in-flight',
    'too-large',
    'unsupported-media-type',
    'idempotency-key-reused',
    'busy',
    'unavailable',
  ],
};

export const READ_BULK: RouteDescription = {
  id: 'readBulk',
  summary: 'Read how far an upload is',
  details:
    '`interrupted`: nobody is reading it and it has not ended. The same upload with the same key completes it.',
  path: JOB,
  answers: { 200: { means: 'The job', content: json(job) } },
  problems: ['not-found'],
};

export const READ_BULK_RESULTS: RouteDescription = {
  id: 'readBulkResults',
  summary: 'Read the result of each line',
  details: [
    'In the order of lines, as far as the upload is. `accepted`: taken, with the id of its request. `known`: the same reference and content were',
    'there already, by another way. `refused`: not taken, with the problem; of CSV each of its errors names the column too.',
  ].join('\n'),
  path: JOB,
  query: { after: { schema: COUNT, help: 'The last line that was read; results after it are given' } },
  answers: { 200: { means: 'The results', content: { 'application/x-ndjson': { schema: result } } } },
  problems: ['not-found', 'invalid-request', 'invalid-cursor'],
};
