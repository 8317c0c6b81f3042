import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { textOfUtf8 } from '#kernel';
import { UsageError } from './exit-codes.ts';

/**
 * Reads JSON from a file, or from standard input for `-`. Intake checks the content and points at each fault.
 */
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

/** Refuses a wrong byte, which would be sent and stored for ever as another character. */
function textIn(bytes: Buffer, file: string): string {
  try {
    return textOfUtf8(bytes);
  } catch (error) {
    throw new UsageError(`${file} is ${(error as Error).message}. Save it as UTF-8; nothing was sent.`);
  }
}
