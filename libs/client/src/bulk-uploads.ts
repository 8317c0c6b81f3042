import type { Client } from 'openapi-fetch';
import { LINE_FEED, NotUtf8, textOfUtf8 } from '#kernel';
import type { operations, paths } from './intake-api.generated.ts';
import { ConnectionLost, type Answer } from './until-definite.ts';

type BulkJob = operations['submitInBulk']['responses'][202]['content']['application/json'];
/** The result of one line. */
export type BulkResult = operations['readBulkResults']['responses'][200]['content']['application/x-ndjson'];

export interface BulkUpload {
  /** Opens the body from its beginning: once, and again each time that it must be sent again. */
  readonly open: () => ReadableStream<Uint8Array>;
  readonly format: 'ndjson' | 'csv';
  /** The request type of a CSV upload whose lines have no column for it. */
  readonly type?: string | undefined;
  /**
   * The Idempotency-Key of the upload. Sent again with the same key, an interrupted upload is completed, and
   * a finished one changes nothing.
   */
  readonly key: string;
}

/** Repeats a call until its answer is definite; throws `Refused` when the answer is a refusal. */
type Ask = <Data>(call: () => Promise<Answer & { readonly data?: Data }>) => Promise<{ readonly data: Data }>;

/** How many connections may end without a new line, one after the other. */
const CUTS_MAX = 5;

/** A force's client for many submissions in one body. */
export class BulkUploads {
  constructor(
    private readonly api: Client<paths>,
    private readonly ask: Ask,
  ) {}

  /**
   * Sends the body until intake has a result for each of its lines; returns the job. It repeats and throws
   * like every call of `ForceClient`.
   */
  async submit({ open, format, type, key }: BulkUpload): Promise<BulkJob> {
    const sending = {
      params: { query: { type }, header: { 'Idempotency-Key': key } },
      headers: { 'content-type': format === 'csv' ? 'text/csv' : 'application/x-ndjson' },
      bodySerializer: (body: unknown) => body,
      // The fetch function requires this for a body that is a stream.
      duplex: 'half',
    } as const;
    const { data } = await this.ask(() =>
      this.api.POST('/v1/bulk', { ...sending, body: open() as unknown as string }),
    );
    return data;
  }

  /**
   * Yields the result of each line, in order. After a lost connection it continues with the next line. Throws
   * `ConnectionLost` after six interruptions in a row without a new line, and an error that names the line
   * for a result that is not UTF-8.
   */
  async *results(job: string): AsyncGenerator<BulkResult, void> {
    let cuts = 0;
    for (let after = 0; ;) {
      const from = after;
      const params = { path: { job }, query: { after } };
      const { data } = await this.ask(() =>
        this.api.GET('/v1/bulk/{job}/results', { params, parseAs: 'stream' }),
      );
      try {
        for await (const line of linesOf(data as unknown as ReadableStream<Uint8Array>)) {
          const result = JSON.parse(line) as BulkResult;
          yield result;
          after = result.line;
        }
        return;
      } catch (error) {
        if (error instanceof NotUtf8)
          throw new Error(`The result after line ${after} of ${job} is not UTF-8.`, { cause: error });
        cuts = after === from ? cuts + 1 : 0;
        if (cuts > CUTS_MAX)
          throw new ConnectionLost(`the results of ${job} were interrupted: ${(error as Error).message}`);
      }
    }
  }
}

/**
 * Decodes each line separately, so that a wrong byte is never replaced and does not affect the lines before
 * it.
 */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      yield textOfUtf8(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}
