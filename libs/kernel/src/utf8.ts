const utf8 = new TextDecoder('utf-8', { fatal: true });
export const LINE_FEED = 0x0a;

/**
 * Thrown for bytes that are not UTF-8. Decoded anyway, they would be stored for ever as another character.
 */
export class NotUtf8 extends Error {
  constructor(
    /** The first line with such a byte, counted from 1. */
    readonly line: number,
  ) {
    super(`not UTF-8 in line ${line}`);
    this.name = 'NotUtf8';
  }
}

/**
 * Decodes bytes, without a byte order mark. Throws NotUtf8 instead of replacing bytes that it cannot read.
 */
export function textOfUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new NotUtf8(firstWrongLine(bytes));
  }
}

function firstWrongLine(bytes: Uint8Array): number {
  for (let start = 0, line = 1; ; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    try {
      utf8.decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}
