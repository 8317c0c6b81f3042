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
  ForceRoute,
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

/** Uploads of one force that this process reads at once. */
const UPLOADS_MAX = 4;
const CUT_OFF =
  'The connection broke before the end of the body. Send the body again with the same Idempotency-Key.';
/** After an answer that came before the end of the body, the rest is read and thrown away for so long. */
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
   * Takes one submission a line, as NDJSON or as CSV: 202 when the body is read to its end and every line has its result. An upload
   * that was cut is sent again with the same Idempotency-Key: nothing is taken twice.
   */
  @Post()
  @HttpCode(202)
  @StreamedBody()
  @ForceRoute()
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
      throw new Refusal('invalid-request', 'type is for CSV; each line of NDJSON names its own.');
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

  /** How far an upload is, and how many of its lines came to what. */
  @Get(':job')
  @ForceRoute()
  @Described(READ_BULK)
  async read(@Param('job') id: string, @Caller() caller: ForceCaller): Promise<BulkJob> {
    const job = isUuid(id) ? await this.store.read(caller.force, id) : undefined;
    if (!job) throw noSuchJob();
    return linked(job);
  }

  /** The result of each line as NDJSON, in the order of lines, those after line `after`; as far as the upload is. */
  @Get(':job/results')
  @ForceRoute()
  @Described(READ_BULK_RESULTS)
  async results(
    @Param('job') id: string,
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const after = oneOf(query, 'after') ?? '0';
    if (!/^\d{1,9}$/.test(after))
      throw new Refusal('invalid-cursor', 'after is the number of the last line that was read.');
    // Before anything is sent, so that what is wrong can still be told as a problem.
    const first = isUuid(id) ? await this.page(reply, caller.force, id, Number(after)) : undefined;
    if (!first) throw noSuchJob();
    reply
      .header('content-type', 'application/x-ndjson')
      .send(Readable.from(this.pages(reply, caller.force, id, first)));
  }

  /** Uploads would hold a stop up for as long as they last: they are told to come again. */
  onModuleDestroy(): void {
    const stopping = new Refusal('unavailable', 'The service is stopping. Repeat the upload unchanged.');
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

  /** Gives the body to the work as a stream that can be ended without the connection, which the answer still needs. */
  private async reading<Result>(
    force: string,
    { raw }: HttpRequest,
    work: (body: PassThrough) => Promise<Result>,
  ): Promise<Result> {
    // It ended while its token was looked at: nothing more comes of it, and no error either.
    if (raw.destroyed) throw new Refusal('invalid-request', CUT_OFF);
    const ofForce = this.uploads.get(force) ?? new Set();
    if (ofForce.size >= UPLOADS_MAX) {
      throwAwayRest(raw);
      throw new Refusal(
        'busy',
        `${UPLOADS_MAX} uploads of this force are being read, which is the limit. Try again when one has finished.`,
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

/** The sender may read the answer only when its own body is sent. */
function throwAwayRest(raw: IncomingMessage): void {
  raw.resume();
  if (raw.complete || raw.destroyed) return;
  const linger = setTimeout(() => raw.socket.destroy(), LINGER_MS);
  raw.once('close', () => clearTimeout(linger));
}

function linked(job: BulkJobView): BulkJob {
  return { ...job, results: `/v1/bulk/${job.id}/results` };
}

/** What a result does not have is left out: most have no problem, and there may be many. */
function stripped(result: LineResult): BulkResult {
  return Object.fromEntries(
    Object.entries(result).filter(([, value]) => value !== null),
  ) as unknown as BulkResult;
}

function noSuchJob(): Refusal {
  return new Refusal('not-found', 'No upload of this force has that id.');
}
