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

/** A job as its force reads it, with the address of its results. */
export type BulkJob = BulkJobView & { readonly results: string };
/** A result as its force reads it, without empty fields. */
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
  description: 'One line of NDJSON for each line of the upload that has a result',
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
  job: { schema: UUID, help: 'The id of the job, from the answer to the upload' },
};

export const SUBMIT_IN_BULK: RouteDescription = {
  id: 'submitInBulk',
  summary: 'Submit many requests in one body',
  details: [
    'Send one submission per line, as NDJSON or CSV. The header of a CSV names `reference`, `type`, `version`, `origin` and `payload.field`',
    '(with dots for nesting, `;` between the values of a list, and an empty cell for an absent value). The 202 is sent when the body has been',
    'read to its end and every line has a result. A malformed line does not affect the others. If the connection breaks, send the same body',
    'with the same `Idempotency-Key`: nothing is stored twice, and the results are completed. At most 250,000 lines, each within the size',
    'limit of a single submission.',
  ].join('\n'),
  headers: IDEMPOTENCY_KEY,
  query: { type: { schema: TEXT, help: 'The type of every line, for a CSV without a column `type`' } },
  body: {
    'application/x-ndjson': { schema: { type: 'string', description: 'Each line is a Submission' } },
    'text/csv': {
      schema: { type: 'string' },
      example: 'reference,payload.vrm,payload.odometerMiles\nR-1,EX26AAA,48210\n',
    },
  },
  answers: {
    202: {
      means: 'Every line has a result',
      headers: {
        location: 'The address of the job',
        'idempotent-replayed': '`true` if this upload had finished before',
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
  summary: 'Read the progress of an upload',
  details:
    '`interrupted` means that the upload stopped before its end. Send the same upload with the same key to complete it.',
  path: JOB,
  answers: { 200: { means: 'The job', content: json(job) } },
  problems: ['not-found'],
};

export const READ_BULK_RESULTS: RouteDescription = {
  id: 'readBulkResults',
  summary: 'Read the result of each line',
  details: [
    'The results are in the order of the lines, as far as the upload has got. `accepted`: stored, with the id of the request. `known`: a request',
    'with this reference and content existed already. `refused`: not stored, with the problem; for CSV its errors also name the column.',
  ].join('\n'),
  path: JOB,
  query: { after: { schema: COUNT, help: 'A line number; only results of later lines are sent' } },
  answers: { 200: { means: 'The results', content: { 'application/x-ndjson': { schema: result } } } },
  problems: ['not-found', 'invalid-request', 'invalid-cursor'],
};
