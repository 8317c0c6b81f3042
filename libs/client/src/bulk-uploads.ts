import type { Client } from 'openapi-fetch';
import { LINE_FEED, NotUtf8, textOfUtf8 } from '#kernel';
import type { operations, paths } from './intake-api.generated.ts';
import { ConnectionLost, type Answer } from './until-definite.ts';

type BulkJob = operations['submitInBulk']['responses'][202]['content']['application/json'];
/** What became of one line. */
export type BulkResult = operations['readBulkResults']['responses'][200]['content']['application/x-ndjson'];

export interface BulkUpload {
  /** Opens the body at its beginning: once, and again for every time that it must be sent again. */
  readonly open: () => ReadableStream<Uint8Array>;
  readonly format: 'ndjson' | 'csv';
  /** The type of every line of CSV that has no column for it. */
  readonly type?: string | undefined;
  /** Names the upload: sent again with it, one that was cut is completed and one that had ended changes nothing. */
  readonly key: string;
}

/** Makes a call until its answer is definite; throws the refusal when it is one. */
type Ask = <Data>(call: () => Promise<Answer & { readonly data?: Data }>) => Promise<{ readonly data: Data }>;

/** How often results may be cut one after the other without a line between. */
const CUTS_MAX = 5;

/** Many submissions in one body, from the side of who sends them. */
export class BulkUploads {
  constructor(
    private readonly api: Client<paths>,
    private readonly ask: Ask,
  ) {}

  /** Sends the body until intake has a result for each of its lines. */
  async submit({ open, format, type, key }: BulkUpload): Promise<BulkJob> {
    const sending = {
      params: { query: { type }, header: { 'Idempotency-Key': key } },
      headers: { 'content-type': format === 'csv' ? 'text/csv' : 'application/x-ndjson' },
      bodySerializer: (body: unknown) => body,
      // What fetch asks for with a body that is a stream.
      duplex: 'half',
    } as const;
    const { data } = await this.ask(() =>
      this.api.POST('/v1/bulk', { ...sending, body: open() as unknown as string }),
    );
    return data;
  }

  /** What became of each line, in order; goes on behind the last one when the connection is cut. */
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
          throw new Error(`The result behind line ${after} of ${job} is not UTF-8.`, { cause: error });
        cuts = after === from ? cuts + 1 : 0;
        if (cuts > CUTS_MAX)
          throw new ConnectionLost(`the results of ${job} were cut: ${(error as Error).message}`);
      }
    }
  }
}

/** Each line is decoded by itself, so that a wrong byte is never replaced and never costs the lines before it. */
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
