import { Logger } from '@nestjs/common';
import { problemDetails, Refusal, type ProblemDetails } from '#contracts';
import { backOffMs, type BackOff, type Force } from '#kernel';
import { isDatabaseUnavailable } from '#persistence';
import { traceIdOf } from '#web';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { referenceIn } from '../../take-in/keep-refusals/refusal.store.ts';
import type { SubmitRequest } from '../../take-in/submission.pipeline.ts';
import { LineCutter, type BulkFormat, type BulkLine } from './body-lines.ts';
import {
  otherBody,
  type BulkJobView,
  type BulkStore,
  type BulkUpload,
  type HeldJob,
  type LineResult,
} from './bulk.store.ts';

export interface BulkCommand extends Omit<BulkUpload, 'force'> {
  readonly force: Force;
  readonly traceparent: string;
  readonly reader: BulkFormat;
  readonly body: AsyncIterable<Buffer>;
}

/**
 * The number of lines of one upload in progress at once: enough to share commits, and few beside those of
 * other callers.
 */
const LINES_IN_FLIGHT_MAX = 100;
/** The number of attempts for a line that must wait; the wait doubles each time. */
const TRIES_MAX = 8;
const RETRY: BackOff = { firstMs: 50, maxMs: 3_200 };

function* inSlices<Line>(lines: readonly Line[]): Generator<readonly Line[]> {
  for (let from = 0; from < lines.length; from += LINES_IN_FLIGHT_MAX)
    yield lines.slice(from, from + LINES_IN_FLIGHT_MAX);
}

/** Stores many submissions from one body. Each line is submitted like a single one, under its own key. */
export class SubmitInBulk {
  private readonly logger = new Logger('bulk');

  constructor(
    private readonly pipeline: SubmitRequest,
    private readonly store: BulkStore,
  ) {}

  /**
   * Reads the body to its end and resolves when every line has its result. If it throws (a broken connection,
   * a busy service, another body under the key), the same upload completes the job later: lines with a result
   * are skipped.
   */
  async take(command: BulkCommand): Promise<{ readonly job: BulkJobView; readonly replayed: boolean }> {
    const digest = createHash('sha256');
    const cutter = new LineCutter();
    let job: HeldJob | undefined;
    let lastLine = 0;
    const take = async (lines: readonly BulkLine[]): Promise<void> => {
      if (lines.length === 0) return;
      job ??= await this.store.open({ ...command, force: command.force.slug });
      lastLine = lines.at(-1)?.number ?? lastLine;
      // If the upload has ended before, only the body is compared.
      if (job.finishedWith !== null) return;
      for (const some of inSlices(lines)) await this.submitLines(command, job, some);
    };
    try {
      for await (const chunk of command.body) {
        digest.update(chunk);
        // Takes a few lines at a time, because a chunk may hold a hundred thousand.
        for (const some of inSlices(cutter.push(chunk))) await take(command.reader.push(some));
      }
      await take(command.reader.push(cutter.end()));
      await take(command.reader.end());
      if (!job) throw new Refusal('invalid-request', 'The body contains no submission.');
      const finished = await this.store.finish(job, command.key, digest.digest('hex'), lastLine);
      return { job: finished, replayed: job.finishedWith !== null };
    } catch (error) {
      // This may fail: then the job is free again when its time has run out.
      if (job) await this.store.release(job).catch(() => undefined);
      throw error;
    }
  }

  private async submitLines(command: BulkCommand, job: HeldJob, lines: readonly BulkLine[]): Promise<void> {
    const [first, last] = [(lines[0] as BulkLine).number, (lines.at(-1) as BulkLine).number];
    const known =
      first <= job.lastLine ? await this.store.hashes(job, first, last) : new Map<number, string>();
    if (lines.some(({ number, hash }) => known.has(number) && known.get(number) !== hash))
      throw otherBody(command.key);
    const open = lines.filter(({ number }) => !known.has(number));
    if (open.length === 0) return;
    // Wait for all lines, so that nothing of this upload is running any more when it fails.
    const settled = await Promise.allSettled(open.map((line) => this.submit(command, line)));
    const failure = settled.find((one) => one.status === 'rejected');
    if (failure) throw failure.reason;
    const results = settled.map((one) => (one as PromiseFulfilledResult<LineResult>).value);
    await this.store.keep(
      job,
      results.map((result, place) => ({ ...result, hash: (open[place] as BulkLine).hash })),
    );
  }

  private async submit(
    { force, key, submittedBy, traceparent }: BulkCommand,
    line: BulkLine,
  ): Promise<LineResult> {
    const { number, body } = line;
    const refused = (problem: ProblemDetails): LineResult => ({
      line: number,
      outcome: 'refused',
      reference: referenceIn(body),
      requestId: null,
      problem: line.located(problem),
    });
    if (line.problem) return refused(line.problem);
    // No caller can send a key with a space, so no other key can be the same.
    const command = { force, key: `${key} line ${number}`, submittedBy, traceparent, body };
    for (let tries = 1; ; tries += 1) {
      try {
        const { taken, view } = await this.pipeline.submit(command);
        const outcome = taken === 'known' ? 'known' : 'accepted';
        return { line: number, outcome, reference: view.reference, requestId: view.id, problem: null };
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        if (!(error instanceof Refusal)) {
          // A new attempt would fail again, and must not keep later lines from their results.
          this.logger.error(
            'a line of an upload failed',
            { line: number, traceId: traceIdOf(traceparent) },
            error,
          );
          return refused(problemDetails('internal-error', 'The error is on our side and has been logged.'));
        }
        if (error.problem.kind === 'business') return refused(error.problem);
        if (tries >= TRIES_MAX) throw error;
        await pause(backOffMs(tries - 1, RETRY));
      }
    }
  }
}
