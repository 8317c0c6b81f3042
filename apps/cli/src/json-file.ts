import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from './exit-codes.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What a file holds, `-` standing for standard input. Whether it fits is what intake says, with a pointer to each fault. */
export async function jsonIn(file: string): Promise<unknown> {
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  const content = textIn(bytes, file);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** A wrong byte would be sent, and stored for good, as another character. */
function textIn(bytes: Buffer, file: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 in line ${firstWrongLine(bytes)}. Save it as UTF-8; nothing was sent.`);
  }
}

function firstWrongLine(bytes: Buffer): number {
  for (let start = 0, line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    try {
      utf8.decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}
