import { Refusal, type ProblemDetails } from '#contracts';
import { newId } from '#kernel';
import type { Database, PoolClient } from '#persistence';
import {
  BEGIN_JOB,
  COUNT_LINES,
  FINISH_JOB,
  HASHES_OF_LINES,
  HOLD_JOB,
  KEEP_LINES,
  LOCK_JOB,
  READ_JOB,
  READ_LINES,
  RELEASE_JOB,
} from './bulk.sql.ts';

/** The properties of an upload. The same key with another format or type is another upload. */
export interface BulkUpload {
  readonly force: string;
  readonly key: string;
  readonly format: 'ndjson' | 'csv';
  /** The type of every line, if the body does not name it. */
  readonly type: string | null;
  readonly submittedBy: string;
}

export interface LineResult {
  readonly line: number;
  /** `known`: a request with the same reference and content existed already. */
  readonly outcome: 'accepted' | 'known' | 'refused';
  /** The force's own reference, as far as the line could be read. */
  readonly reference: string | null;
  readonly requestId: string | null;
  readonly problem: ProblemDetails | null;
}

export interface BulkJobView {
  readonly id: string;
  readonly key: string;
  readonly format: string;
  readonly type: string | null;
  /**
   * `interrupted`: the upload has not ended and nobody reads it. The same upload with the same key completes
   * it.
   */
  readonly state: 'receiving' | 'interrupted' | 'finished';
  readonly accepted: number;
  readonly known: number;
  readonly refused: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

/** A job that is held by one upload; only this upload may write to it. */
export interface HeldJob {
  readonly force: string;
  readonly id: string;
  readonly holder: string;
  /** The last line that an earlier upload of the same key reached. */
  readonly lastLine: number;
  readonly finishedWith: string | null;
}

interface JobRow {
  readonly id: string;
  readonly format: string;
  readonly default_type: string | null;
  readonly held: boolean;
  readonly last_line: number;
  readonly content_hash: string | null;
}

/** Stores the jobs and the results of their lines. */
export class BulkStore {
  constructor(private readonly database: Database) {}

  /** Begins the job of the key, or continues it. Refused as in-flight while another upload holds it. */
  open({ force, key, format, type, submittedBy }: BulkUpload): Promise<HeldJob> {
    const holder = newId();
    return this.database.transaction([force], async (client) => {
      await client.query(BEGIN_JOB, [force, newId(), key, format, type, submittedBy]);
      const found = await client.query<JobRow>(LOCK_JOB, [force, key]);
      const job = found.rows[0] as JobRow;
      if (job.format !== format || job.default_type !== type) throw otherBody(key);
      if (job.content_hash === null) {
        if (job.held) throw beingRead();
        await client.query(HOLD_JOB, [force, job.id, holder]);
      }
      return { force, id: job.id, holder, lastLine: job.last_line, finishedWith: job.content_hash };
    });
  }

  /** Returns the hashes of the lines in a range that have a result. */
  async hashes({ force, id }: HeldJob, from: number, to: number): Promise<ReadonlyMap<number, string>> {
    const { rows } = await this.database.transaction([force], (client) =>
      client.query<{ line: number; hash: string }>(HASHES_OF_LINES, [force, id, from, to]),
    );
    return new Map(rows.map(({ line, hash }) => [line, hash]));
  }

  /** Stores the results of lines that have none yet. Refused if another upload has claimed the job. */
  keep(job: HeldJob, results: readonly (LineResult & { readonly hash: string })[]): Promise<void> {
    const counts = (outcome: LineResult['outcome']): number =>
      results.filter((result) => result.outcome === outcome).length;
    return this.database.transaction([job.force], async (client) => {
      const { rowCount } = await client.query({
        name: 'bulk-count-lines',
        text: COUNT_LINES,
        values: [
          job.force,
          job.id,
          job.holder,
          counts('accepted'),
          counts('known'),
          counts('refused'),
          results.at(-1)?.line ?? 0,
        ],
      });
      if (rowCount === 0) throw beingRead();
      await client.query({
        name: 'bulk-keep-lines',
        text: KEEP_LINES,
        values: [job.force, job.id, JSON.stringify(results, storable)],
      });
    });
  }

  /** Ends the job after the whole body was read. Refused if an earlier upload of the key had another body. */
  async finish(job: HeldJob, key: string, contentHash: string, lastLine: number): Promise<BulkJobView> {
    if (job.finishedWith !== null) {
      if (job.finishedWith !== contentHash) throw otherBody(key);
    } else {
      if (lastLine < job.lastLine) throw otherBody(key);
      const { rowCount } = await this.database.transaction([job.force], (client) =>
        client.query(FINISH_JOB, [job.force, job.id, job.holder, contentHash]),
      );
      if (rowCount === 0) throw beingRead();
    }
    return (await this.read(job.force, job.id)) as BulkJobView;
  }

  /** Releases a job that has not ended, so that it can be continued at once. */
  async release(job: HeldJob): Promise<void> {
    await this.database.transaction([job.force], (client) =>
      client.query(RELEASE_JOB, [job.force, job.id, job.holder]),
    );
  }

  read(force: string, id: string): Promise<BulkJobView | undefined> {
    return this.database.transaction([force], async (client) => {
      const { rows } = await client.query<BulkJobView>(READ_JOB, [force, id]);
      return rows[0];
    });
  }

  /** Returns results after a line in order, up to the limit; undefined if the force has no such job. */
  results(
    force: string,
    id: string,
    after: number,
    limit: number,
  ): Promise<readonly LineResult[] | undefined> {
    return this.database.transaction([force], async (client) => {
      const { rows } = await readResults(client, force, id, after, limit);
      if (rows.length > 0) return rows;
      const job = await client.query(READ_JOB, [force, id]);
      return job.rows.length > 0 ? [] : undefined;
    });
  }
}

function readResults(client: PoolClient, force: string, id: string, after: number, limit: number) {
  return client.query<LineResult>({
    name: 'bulk-read-lines',
    text: READ_LINES,
    values: [force, id, after, limit],
  });
}

/**
 * PostgreSQL stores neither NUL nor half a character, and a problem may contain a field name as the sender
 * wrote it.
 */
function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

export function otherBody(key: string): Refusal {
  return new Refusal(
    'idempotency-key-reused',
    `The Idempotency-Key ${key} was already used for an upload with a different body. Use a new key for new lines.`,
  );
}

function beingRead(): Refusal {
  return new Refusal(
    'in-flight',
    'Another upload with this Idempotency-Key is still being read. When it has finished, send yours again unchanged.',
  );
}
