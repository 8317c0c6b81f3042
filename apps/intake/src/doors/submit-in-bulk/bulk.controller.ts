import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  type OnModuleDestroy,
} from '@nestjs/common';
import { INTAKE_BOUNDS, Refusal } from '#contracts';
import { isUuid } from '#kernel';
import {
  Caller,
  continueTrace,
  Described,
  ForceSystemRoute,
  requireIdempotencyKey,
  StreamedBody,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { ForceRegister } from '../../registers/force.register.ts';
import { oneOf, textOf } from '../../answers/page.ts';
import { ReadShares } from '../../answers/read-shares.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import {
  READ_BULK,
  READ_BULK_RESULTS,
  SUBMIT_IN_BULK,
  type BulkJob,
  type BulkResult,
} from './bulk.described.ts';
import { BulkStore, type BulkJobView, type LineResult } from './bulk.store.ts';
import { CsvFormat } from './csv-format.ts';
import { NdjsonFormat } from './ndjson-format.ts';
import { SubmitInBulk } from './submit-in-bulk.ts';

/** The most uploads of one force that this process reads at once. */
const UPLOADS_MAX = 4;
const CUT_OFF =
  'The connection broke before the end of the body. Send the same body again with the same Idempotency-Key.';
/** How long to read and discard the rest of a body after an early answer. */
const LINGER_MS = 10_000;
const RESULTS_PAGE = 500;

@Controller('v1/bulk')
export class BulkController implements OnModuleDestroy {
  private readonly uploads = new Map<string, Set<PassThrough>>();

  constructor(
    @Inject(SubmitInBulk) private readonly bulk: SubmitInBulk,
    @Inject(BulkStore) private readonly store: BulkStore,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  /**
   * Stores one submission per line of NDJSON or CSV. The 202 follows when the body is read to its end and
   * every line has its result. An upload that was cut is sent again with the same Idempotency-Key, and
   * nothing is stored twice.
   */
  @Post()
  @HttpCode(202)
  @StreamedBody()
  @ForceSystemRoute()
  @Described(SUBMIT_IN_BULK)
  async submit(
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<BulkJob> {
    const force = this.forces.named(caller.force);
    const key = requireIdempotencyKey(request.headers['idempotency-key']);
    if (!(request.body instanceof Readable)) {
      throw new Refusal(
        'unsupported-media-type',
        'Send the lines as application/x-ndjson or text/csv, with the matching Content-Type header.',
      );
    }
    const type = textOf(query, 'type') ?? null;
    const format = /^text\/csv\b/i.test(request.headers['content-type'] ?? '') ? 'csv' : 'ndjson';
    if (format === 'ndjson' && type !== null)
      throw new Refusal(
        'invalid-request',
        'The parameter type is for CSV only, because each line of NDJSON names its own type. Remove the parameter.',
      );
    const reader = format === 'csv' ? new CsvFormat(this.types, force, type) : new NdjsonFormat();
    const { job, replayed } = await this.reading(caller.force, request, (body) =>
      this.bulk.take({
        force,
        key,
        format,
        type,
        submittedBy: caller.client,
        traceparent: continueTrace(request.headers['traceparent']),
        reader,
        body,
      }),
    );
    reply.header('location', `/v1/bulk/${job.id}`);
    if (replayed) reply.header('idempotent-replayed', 'true');
    return linked(job);
  }

  /** The progress of an upload, with the number of its lines by outcome. */
  @Get(':job')
  @ForceSystemRoute()
  @Described(READ_BULK)
  async read(@Param('job') id: string, @Caller() caller: ForceCaller): Promise<BulkJob> {
    const job = isUuid(id) ? await this.store.read(caller.force, id) : undefined;
    if (!job) throw noSuchJob();
    return linked(job);
  }

  /**
   * The results of the lines after line `after` as NDJSON, in the order of lines, as far as the upload has
   * got.
   */
  @Get(':job/results')
  @ForceSystemRoute()
  @Described(READ_BULK_RESULTS)
  async results(
    @Param('job') id: string,
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const after = oneOf(query, 'after') ?? '0';
    if (!/^\d{1,9}$/.test(after))
      throw new Refusal(
        'invalid-cursor',
        'after must be a line number: the last line whose result you have read.',
      );
    // Checked before anything is sent, so that a fault can still be answered as a problem.
    const first = isUuid(id) ? await this.page(reply, caller.force, id, Number(after)) : undefined;
    if (!first) throw noSuchJob();
    reply
      .header('content-type', 'application/x-ndjson')
      .send(Readable.from(this.pages(reply, caller.force, id, first)));
  }

  /** Running uploads would delay a stop, so they are ended and their senders repeat them. */
  onModuleDestroy(): void {
    const stopping = new Refusal(
      'unavailable',
      'The service is stopping. Send the same upload again with the same Idempotency-Key.',
    );
    for (const ofForce of this.uploads.values()) for (const body of ofForce) body.destroy(stopping);
  }

  private page(
    reply: HttpReply,
    force: string,
    id: string,
    after: number,
  ): Promise<readonly LineResult[] | undefined> {
    return this.shares.read(force, RESULTS_PAGE, reply, () =>
      this.store.results(force, id, after, RESULTS_PAGE),
    );
  }

  private async *pages(
    reply: HttpReply,
    force: string,
    id: string,
    first: readonly LineResult[],
  ): AsyncGenerator<string> {
    for (let page = first; page.length > 0;) {
      yield page.map((result) => `${JSON.stringify(stripped(result))}\n`).join('');
      if (page.length < RESULTS_PAGE) return;
      page = (await this.page(reply, force, id, page.at(-1)?.line ?? 0)) ?? [];
    }
  }

  /**
   * Passes the body on as a stream that can be ended without closing the connection, which the answer still
   * needs.
   */
  private async reading<Result>(
    force: string,
    { raw }: HttpRequest,
    work: (body: PassThrough) => Promise<Result>,
  ): Promise<Result> {
    // The request ended while its token was checked: neither data nor an error will follow.
    if (raw.destroyed) throw new Refusal('invalid-request', CUT_OFF);
    const ofForce = this.uploads.get(force) ?? new Set();
    if (ofForce.size >= UPLOADS_MAX) {
      throwAwayRest(raw);
      throw new Refusal(
        'busy',
        `Your force has ${UPLOADS_MAX} uploads in progress, which is the limit. Try again when one has finished.`,
      );
    }
    this.uploads.set(force, ofForce);
    const body = new PassThrough({ highWaterMark: INTAKE_BOUNDS.bytesMax });
    ofForce.add(body);
    raw.once('error', () => body.destroy(new Refusal('invalid-request', CUT_OFF)));
    raw.pipe(body);
    try {
      return await work(body);
    } catch (error) {
      raw.unpipe(body);
      throwAwayRest(raw);
      throw error;
    } finally {
      body.destroy();
      ofForce.delete(body);
    }
  }
}

/** Some senders read the answer only after they have sent the whole body. */
function throwAwayRest(raw: IncomingMessage): void {
  raw.resume();
  if (raw.complete || raw.destroyed) return;
  const linger = setTimeout(() => raw.socket.destroy(), LINGER_MS);
  raw.once('close', () => clearTimeout(linger));
}

function linked(job: BulkJobView): BulkJob {
  return { ...job, results: `/v1/bulk/${job.id}/results` };
}

/** Leaves out empty fields: most results have no problem, and there may be many results. */
function stripped(result: LineResult): BulkResult {
  return Object.fromEntries(
    Object.entries(result).filter(([, value]) => value !== null),
  ) as unknown as BulkResult;
}

function noSuchJob(): Refusal {
  return new Refusal('not-found', 'No upload of this force has that id.');
}
