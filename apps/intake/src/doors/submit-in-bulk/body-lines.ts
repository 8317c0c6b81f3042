import { INTAKE_BOUNDS, Refusal } from '#contracts';
import type { ProblemDetails } from '#contracts';
import { LINE_FEED } from '#kernel';

/**
 * One physical line of a body, without its line end. Only the first bytes of a line that is too long are
 * kept.
 */
export interface BodyLine {
  /** The number of the line, counted from 1 as in an editor. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly tooLong: boolean;
}

/** One submission of a body as its format reads it: its content, or the reason why it cannot be read. */
export interface BulkLine {
  readonly number: number;
  /** The SHA-256 of its bytes, which shows whether the same number holds the same line again. */
  readonly hash: string;
  readonly body: unknown;
  readonly problem: ProblemDetails | null;
  /** Adds details to a problem in the terms of the format, such as columns. */
  readonly located: (problem: ProblemDetails) => ProblemDetails;
}

/** Turns lines into submissions as they come. `end` returns whatever the last line left open. */
export interface BulkFormat {
  push(lines: readonly BodyLine[]): BulkLine[];
  end(): BulkLine[];
}

/** An upload with more submissions must be split. */
const LINES_MAX = 250_000;
const BYTES_MAX = INTAKE_BOUNDS.bytesMax;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Cuts a body into lines as its bytes come. At most one line is held in memory. */
export class LineCutter {
  private parts: Buffer[] = [];
  private held = 0;
  private number = 0;

  push(chunk: Buffer): BodyLine[] {
    const lines: BodyLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      this.append(chunk.subarray(from, end));
      lines.push(this.cut());
      from = end + 1;
    }
    this.append(chunk.subarray(from));
    return lines;
  }

  /** Returns the last line if no line end followed it. */
  end(): BodyLine[] {
    return this.held > 0 ? [this.cut()] : [];
  }

  private append(part: Buffer): void {
    // One byte more than the limit shows that the line is too long.
    const room = BYTES_MAX + 1 - this.held;
    if (room <= 0 || part.length === 0) return;
    const kept = part.subarray(0, room);
    this.parts.push(kept);
    this.held += kept.length;
  }

  private cut(): BodyLine {
    const whole = this.parts.length === 1 ? (this.parts[0] as Buffer) : Buffer.concat(this.parts);
    const tooLong = this.held > BYTES_MAX;
    this.parts = [];
    this.held = 0;
    this.number += 1;
    if (this.number > LINES_MAX)
      throw new Refusal(
        'too-large',
        `The body has more than ${LINES_MAX} lines. Split it into several uploads.`,
      );
    const begun =
      this.number === 1 && whole.indexOf(BYTE_ORDER_MARK) === 0
        ? whole.subarray(BYTE_ORDER_MARK.length)
        : whole;
    const bytes = begun.at(-1) === CARRIAGE_RETURN ? begun.subarray(0, -1) : begun;
    return { number: this.number, bytes, tooLong };
  }
}

export function lineTooLong(): Refusal {
  return new Refusal('too-large', `The line has more than ${BYTES_MAX} bytes.`);
}
