import { hash } from 'node:crypto';
import { parseBoundedJson, Refusal, type ProblemDetails } from '#contracts';
import { lineTooLong, type BodyLine, type BulkFormat, type BulkLine } from './body-lines.ts';

const asItIs = (problem: ProblemDetails): ProblemDetails => problem;

/** One JSON object per line; blank lines are skipped. */
export class NdjsonFormat implements BulkFormat {
  push(lines: readonly BodyLine[]): BulkLine[] {
    return lines.filter(({ bytes }) => bytes.some((byte) => byte !== 0x20 && byte !== 0x09)).map(read);
  }

  end(): BulkLine[] {
    return [];
  }
}

function read({ number, bytes, tooLong }: BodyLine): BulkLine {
  const line = { number, hash: hash('sha256', bytes), located: asItIs };
  try {
    if (tooLong) throw lineTooLong();
    return { ...line, body: parseBoundedJson(bytes), problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...line, body: undefined, problem: error.problem };
  }
}
