import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { placesOf, type BulkResult } from '#client';
import { refuseUnusableKey, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

export const bulk: Command = {
  name: 'bulk',
  summary: 'submit a file of many requests',
  takes: ['FILE'],
  options: {
    type: { type: 'string', value: 'TYPE', help: 'the type of every line, for a CSV without a column type' },
    key: {
      type: 'string',
      value: 'KEY',
      help: 'Idempotency-Key of the upload; by default derived from the content of FILE',
    },
    refused: { type: 'boolean', help: 'print only the lines that were refused' },
  },
  details: `FILE has one submission per line: CSV if its name ends with .csv, otherwise NDJSON. The command prints the result of each line. The exit
code is 3 if any line was refused. Run the same command again to complete an interrupted upload; a finished upload does not change. Correct
refused lines and send the whole file again: lines that were accepted before are recognised.`,
  async run({ client, terminal, values, positionals, waitingFor }) {
    const file = positionals[0] ?? '';
    const { key } = values;
    refuseUnusableKey(key);
    const type = typeof values['type'] === 'string' ? values['type'] : undefined;
    const { bytes, digest } = await looked(file);
    const format = /\.csv$/i.test(file) ? 'csv' : 'ndjson';
    const open = (): ReadableStream<Uint8Array> => {
      let sent = 0;
      const parts = createReadStream(file).on('data', (part) => {
        sent += part.length;
        waitingFor(`${Math.floor((100 * sent) / bytes)} % of ${file} sent`);
      });
      return Readable.toWeb(parts) as ReadableStream<Uint8Array>;
    };
    waitingFor('intake');
    const named = typeof key === 'string' ? key : `file-${digest(format, type)}`;
    const { id, accepted, known, refused } = await client.bulk.submit({ open, format, type, key: named });
    const lines = accepted + known + refused;
    let read = 0;
    for await (const result of client.bulk.results(id)) {
      waitingFor(`${(read += 1)} of ${lines} results`);
      if (values['refused'] && result.outcome !== 'refused') continue;
      await terminal.print(values['json'] ? JSON.stringify(result) : resultLine(result));
    }
    terminal.say(
      `${lines} lines: ${accepted} accepted, ${known} known already, ${refused} refused (upload ${id})`,
    );
    return refused > 0 ? EXIT.refused : EXIT.done;
  },
};

/** Reads the file's size and a digest of its content, which differs for another format or type. */
async function looked(
  file: string,
): Promise<{ bytes: number; digest: (format: string, type: string | undefined) => string }> {
  try {
    const hash = createHash('sha256');
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
    return {
      bytes: (await stat(file)).size,
      digest: (format, type) => hash.update(`\0${format}\0${type ?? ''}`).digest('base64url'),
    };
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function resultLine({ line, outcome, reference, requestId, problem }: BulkResult): string {
  const what = problem ? `${problem.code}: ${problem.detail}${placesOf(problem)}` : (requestId ?? '');
  return [String(line), outcome, reference ?? '-', what].join('  ');
}
